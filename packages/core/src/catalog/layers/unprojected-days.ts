import type { DataFile } from '../../lake/manifest.ts';
import { projectionEnd } from '../projection/date-check.ts';
import { dateFormat } from '../projection/date-format.ts';
import { type ProjectedRange, projectedDays } from './day-key.ts';

/** UTC days that hold rows and are outside of the projected days: queries on Athena and Trino omit them. */
export interface UnprojectedDays {
  readonly days: number;
  readonly rows: number;
  /** First of the days, `YYYY-MM-DD`. */
  readonly first: string;
  readonly last: string;
  /** The first and the last projected day. */
  readonly projected: readonly [first: string, last: string];
  /** True when the last projected day is tomorrow and moves with the clock. False when it is the target's `lastDay`. */
  readonly endMoves: boolean;
}

/** What else {@link unprojectedDays} takes. */
interface UnprojectedOptions {
  /** First and last day, inclusive, that matter. Defaults to all. */
  readonly asked?: readonly [first: string, last: string] | undefined;
  /** The time of the query, which moves the end of the projection. Defaults to the present. */
  readonly now?: Date;
}

/**
 * The days of a table that hold rows and that no partition projection includes. DuckDB reads the manifests and counts
 * these rows; Athena and Trino compute the days from the catalogue, and omit them in silence.
 *
 * @param files the table's committed files
 * @returns null when every file is in a projected day
 * @example unprojectedDays([{ day: '2019-09-30', rows: 7 }], target)
 * // { days: 1, rows: 7, first: '2019-09-30', last: '2019-09-30', projected: ['2019-10-01', '2026-11-28'],
 * //   endMoves: true }
 */
export function unprojectedDays(
  files: readonly Pick<DataFile, 'day' | 'rows'>[],
  target: ProjectedRange,
  { asked: [from, to] = ['', '9999-12-31'], now = new Date() }: UnprojectedOptions = {},
): UnprojectedDays | null {
  const { range, format } = projectedDays(target);
  const [start, end] = range.map((text) => dayOf(text, format, now)) as [string, string];
  const outside = files.filter(
    ({ day, rows }) => rows > 0 && day >= from && day <= to && (day < start || day > end),
  );
  const days = [...new Set(outside.map(({ day }) => day))].toSorted();
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return null;
  const rows = outside.reduce((sum, file) => sum + file.rows, 0);
  return {
    days: days.length,
    rows,
    first,
    last,
    projected: [start, end],
    endMoves: target.lastDay === undefined,
  };
}

function dayOf(text: string, format: string, now: Date): string {
  const at = projectionEnd(text, dateFormat(format), now)?.at;
  if (!at) throw new Error(`The projection ends at "${text}", which is no day`);
  return at.toISOString().slice(0, 10);
}
