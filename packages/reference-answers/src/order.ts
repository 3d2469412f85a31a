import type { Part } from './question.ts';

type Row = Readonly<Record<string, unknown>>;
type Compare = (one: Row, other: Row) => number;

/** The smallest first: numbers by size, texts by the bytes of UTF-8, periods as time goes; null comes last. */
export const ascending =
  (name: string): Compare =>
  (one, other) =>
    compareValues(one[name], other[name]);

/** The largest number first. */
export const descending =
  (name: string): Compare =>
  (one, other) =>
    Number(other[name]) - Number(one[name]);

/** By the first comparison that tells two rows apart. */
export const inOrder =
  (...compares: readonly Compare[]): Compare =>
  (one, other) => {
    for (const compare of compares) {
      const result = compare(one, other);
      if (result !== 0) return result;
    }
    return 0;
  };

/**
 * The order of periods and of the parts within each: as time goes; of things the one with the most first, equal ones by name, the one
 * without a name last; of hours and weekdays as time goes.
 */
export const inPartOrder = (by: string | undefined, isByThing: boolean, main: string): Compare =>
  inOrder(
    byTime('period'),
    ...(isByThing ? [descending(main)] : []),
    ...(by === undefined ? [] : [ascending(by)]),
  );

/** Periods as time goes: the two hours of a clock set back have different offsets. */
export const byTime =
  (name: string): Compare =>
  (one, other) => {
    const [first, second] = [instantOf(one[name]), instantOf(other[name])];
    return first - second;
  };

const instantOf = (period: unknown): number => {
  const at = Date.parse(String(period));
  // The range as one period: there is no other.
  return Number.isNaN(at) ? 0 : at;
};

function compareValues(one: unknown, other: unknown): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)));
}

/** The first rows of each part, with their rank. */
export function ranked(rows: readonly Row[], by: string | undefined, limit: number, compare: Compare): Row[] {
  const parts = Map.groupBy(rows, (row) => (by === undefined ? undefined : (row[by] as Part)));
  const inParts = [...parts].toSorted(([one], [other]) => compareValues(one, other));
  return inParts.flatMap(([, own]) =>
    own
      .toSorted(compare)
      .slice(0, limit)
      .map((row, index) => ({ rank: index + 1, ...row })),
  );
}
