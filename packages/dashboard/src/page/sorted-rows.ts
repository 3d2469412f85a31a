import type { FigureTable as Table } from '../table/figure-table.ts';

/** Which column a table is sorted by; undefined for the order of the answer. */
export interface Sorting {
  readonly index: number;
  readonly isDescending: boolean;
}

/** The rows of a table in an order; what has no value is last, whatever the direction. */
export function sortedRows(rows: Table['rows'], sorting: Sorting | undefined): Table['rows'] {
  if (!sorting) return rows;
  const { index, isDescending } = sorting;
  const sign = isDescending ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [a, b] = [one[index]?.value ?? null, other[index]?.value ?? null];
    if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
    if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
    return sign * String(a).localeCompare(String(b), 'en');
  });
}
