import { bar, sparkline } from '../output/bars.ts';
import type { Console } from '../output/console.ts';
import { grouped, percent } from '../output/figures.ts';
import { tableText } from '../output/table-text.ts';

type Row = Readonly<Record<string, unknown>>;
type Paint = (rows: readonly Row[], console: Console) => string;

/** One question of the demo. */
export interface Panel {
  readonly title: string;
  readonly metric: string;
  /** Parameters besides the range; `grain` is added where the metric has one and the panel asks for a series. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Whether the answer has one row per period. */
  readonly isSeries?: boolean;
  /** The columns to show. Defaults to all. */
  readonly columns?: readonly string[];
  /** Draws the answer, where a table would be less clear. */
  readonly paint?: Paint;
}

const figure = (row: Row | undefined, column: string): number => Number(row?.[column] ?? 0);

/** How far sessions get, one bar per stage. */
const funnel: Paint = ([row], console) => {
  const sessions = figure(row, 'sessions');
  const stages = [
    ['sessions', sessions],
    ['with a view', figure(row, 'viewSessions')],
    ['with a cart event', figure(row, 'cartSessions')],
    ['with a purchase', figure(row, 'purchaseSessions')],
  ] as const;
  return tableText(
    [
      { title: 'stage' },
      { title: 'sessions', align: 'right' },
      { title: 'of all', align: 'right' },
      {
        title: '',
        draw: {
          most: 36,
          cell: (row, width) => console.style('cyan', bar(stages[row]?.[1] ?? 0, sessions, width)),
        },
      },
    ],
    stages.map(([stage, count]) => [stage, grouped(count), sessions > 0 ? percent(count / sessions) : '-']),
    console,
  );
};

/** The day as two lines of 24 characters. */
const hours: Paint = (rows, console) => {
  const byHour = (column: string): number[] =>
    Array.from({ length: 24 }, (_, hour) =>
      figure(
        rows.find((row) => row['hour'] === hour),
        column,
      ),
    );
  const line = (name: string, column: string): string[] => {
    const values = byHour(column);
    const peak = values.indexOf(Math.max(...values));
    const total = values.reduce((sum, value) => sum + value, 0);
    if (total === 0) return [name, console.style('cyan', sparkline(values)), '-', '-'];
    const share = percent((values[peak] ?? 0) / total);
    return [name, console.style('cyan', sparkline(values)), `${String(peak).padStart(2, '0')}:00 UTC`, share];
  };
  return tableText(
    [
      { title: '' },
      { title: '00          12       23' },
      { title: 'peak' },
      { title: 'share', align: 'right' },
    ],
    [line('events', 'events'), line('visitors', 'visitors'), line('purchases', 'purchases')],
    console,
  );
};

/** The questions of the demo, in order. */
export const panels: readonly Panel[] = [
  {
    title: 'Visitors',
    metric: 'daily-visitors',
    parameters: {},
    isSeries: true,
    columns: ['period', 'visitors', 'sessions', 'events'],
  },
  {
    title: 'Revenue',
    metric: 'revenue',
    parameters: {},
    isSeries: true,
    columns: ['period', 'orders', 'buyers', 'revenue', 'averageOrderValue'],
  },
  { title: 'Conversion', metric: 'conversion-funnel', parameters: {}, paint: funnel },
  {
    title: 'Abandoned carts',
    metric: 'cart-abandonment',
    parameters: {},
    isSeries: true,
    columns: ['period', 'cartSessions', 'abandonedSessions', 'abandonmentRate', 'abandonedValue'],
  },
  {
    title: 'Top categories',
    metric: 'top-categories',
    parameters: { limit: '8' },
    columns: ['rank', 'category', 'views', 'carts', 'purchases', 'revenue'],
  },
  { title: 'Hours of the day', metric: 'peak-hours', parameters: {}, paint: hours },
];
