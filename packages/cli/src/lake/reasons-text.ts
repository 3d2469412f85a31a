import { bar } from '../output/bars.ts';
import type { Console } from '../output/console.ts';
import { grouped } from '../output/figures.ts';
import { tableText } from '../output/table-text.ts';

/** What is counted by its reason, and how many reasons are shown. */
export interface ReasonsTable {
  readonly counted: 'rows' | 'records';
  readonly most: number;
}

/**
 * The reasons of a quarantine as a table, the most frequent first, and how many more there are.
 *
 * @param reasons counts by `column:code`
 */
export function reasonsText(
  console: Console,
  reasons: Readonly<Record<string, number>>,
  { counted, most }: ReasonsTable,
): string {
  const ranked = Object.entries(reasons).sort(([, one], [, other]) => other - one);
  const shown = ranked.slice(0, most);
  const rest = ranked.length - shown.length;
  const largest = ranked[0]?.[1] ?? 0;
  const table = tableText(
    [
      { title: 'why quarantined (column:code)' },
      { title: counted, align: 'right' },
      {
        title: '',
        draw: {
          most: 20,
          cell: (row, width) => console.style('yellow', bar(shown[row]?.[1] ?? 0, largest, width)),
        },
      },
    ],
    shown.map(([reason, count]) => [reason, grouped(count)]),
    console,
  );
  return rest > 0 ? `${table}and ${rest} more\n` : table;
}
