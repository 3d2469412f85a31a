import { type FunnelSpec, isMeasureChannel, type MeasureChannel } from '../chart/chart-spec.ts';
import { figureOf } from '../chart/figure-of.ts';
import { funnelSteps } from '../chart/funnel-steps.ts';
import type { Compared } from '../compare/compared.ts';

/** A step with its part of the first one, and the change of that part. */
export interface FunnelFigure {
  readonly key: string;
  readonly name: string;
  readonly value: number | null;
  readonly before: number | null;
  /** Of the first step; null where that is 0, and for what is no step. */
  readonly share: number | null;
  readonly shareBefore: number | null;
}

/** The steps of a funnel, each counted by itself, with their parts of the first. */
export function funnelRows(spec: FunnelSpec, { now, before }: Compared): FunnelFigure[] {
  const [mine, theirs] = [funnelSteps(spec, now.rows), before ? funnelSteps(spec, before.rows) : []];
  const part = (value: number | null, whole: number | null | undefined) =>
    value === null || !whole ? null : value / whole;
  return mine.map((step) => {
    const other = theirs.find(({ key }) => key === step.key)?.value ?? null;
    return {
      ...step,
      before: other,
      share: part(step.value, mine[0]?.value),
      shareBefore: part(other, theirs[0]?.value),
    };
  });
}

/** The counts of the answer that are no steps: what steps have in common, and what came to one without the one before. */
export function overlapsOf({ steps, table }: FunnelSpec): MeasureChannel[] {
  if (steps.kind !== 'columns') return [];
  const names = new Set(steps.columns.map(({ column }) => column));
  return table
    .filter(isMeasureChannel)
    .filter(({ column, format }) => !names.has(column) && format.kind === 'count');
}

/** The steps of a funnel, and below them what steps have in common. */
export const funnelFigures = (spec: FunnelSpec, compared: Compared): FunnelFigure[] => [
  ...funnelRows(spec, compared),
  ...overlapsOf(spec).map(({ column, title }) => ({
    key: column,
    name: title,
    value: figureOf(compared.now.rows[0], column),
    before: figureOf(compared.before?.rows[0], column),
    share: null,
    shareBefore: null,
  })),
];
