import type { RawRecord, TableSchema } from '../../../src/index.ts';

/** What an engine makes of a row: the values as texts that all engines write alike, or the reasons why it is rejected. */
export interface Outcome {
  readonly values: readonly (string | null)[] | null;
  /** `column:code`, in the order of the columns. */
  readonly reasons: readonly string[];
  /** Bad values of an accepted row that became null, as `column:code`. */
  readonly nulled?: readonly string[];
  /** Set for a row that the conditions of its source leave out. */
  readonly filtered?: true;
}

/** Reasons as {@link Outcome} has them. */
export const codesOf = (
  list: readonly { readonly column: string | null; readonly code: string }[],
): string[] => list.map(({ column, code }) => `${column}:${code}`);

/** A value of a driver in JavaScript as a text that all engines write alike. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Object.is(value, -0)) return 'negative zero';
  return value instanceof Date ? value.toISOString() : String(value);
}

/** A text by its bytes, so that no driver can drop a character of it. */
export const hexOf = (text: string): string => Buffer.from(text).toString('hex').toUpperCase();

/**
 * The first few rows on which engines differ: the texts of the row, and the outcome on each engine, without what is null.
 *
 * @param outcomes the outcomes of all rows, by engine
 */
export function differences(
  { columns }: TableSchema,
  rows: readonly RawRecord[],
  outcomes: Readonly<Record<string, readonly Outcome[]>>,
): object[] {
  const shown = (outcome: Outcome | undefined): object => ({
    ...outcome,
    values:
      outcome?.values &&
      columns.flatMap(({ name }, index) => {
        const value = outcome.values?.[index];
        return value === null ? [] : [`${name}=${value}`];
      }),
  });
  return rows
    .flatMap((row, index) => {
      const each = Object.entries(outcomes).map(([engine, list]) => [engine, shown(list[index])] as const);
      const isSame = new Set(each.map(([, outcome]) => JSON.stringify(outcome))).size === 1;
      const texts = Object.entries(row).flatMap(([name, text]) =>
        text == null ? [] : [`${name}=${JSON.stringify(text)}`],
      );
      return isSame ? [] : [{ texts, ...Object.fromEntries(each) }];
    })
    .slice(0, 3);
}
