import type { ChartMark } from '../chart/chart-spec.ts';

/** A figure at the top of a board. */
export interface FigureTile {
  readonly id: string;
  readonly title: string;
  readonly metric: string;
  readonly measure: string;
  /** The measures that are asked for, where the others of the metric cost more. */
  readonly asks?: readonly string[];
  /** Which direction is better. */
  readonly better: 'up' | 'down';
}

/** A chart of a board. */
export interface ChartTile {
  readonly id: string;
  readonly title: string;
  readonly metric: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly mark: Exclude<ChartMark, 'kpi' | 'table'>;
  readonly measures: readonly string[];
  /** Columns of twelve that it takes on a wide screen. */
  readonly span: 4 | 5 | 6 | 7 | 8;
}

/** The figures, in their order. Each is of whole days. */
export const figureTiles: readonly FigureTile[] = [
  {
    id: 'visitors',
    title: 'Visitors a day',
    metric: 'daily-visitors',
    measure: 'visitors',
    asks: ['visitors'],
    better: 'up',
  },
  { id: 'revenue', title: 'Revenue', metric: 'revenue', measure: 'revenue', asks: ['revenue'], better: 'up' },
  {
    id: 'conversion',
    title: 'Conversion',
    metric: 'conversion-funnel',
    measure: 'conversionRate',
    better: 'up',
  },
  {
    id: 'abandonment',
    title: 'Abandoned carts',
    metric: 'cart-abandonment',
    measure: 'abandonmentRate',
    better: 'down',
  },
  {
    id: 'sessions',
    title: 'Sessions',
    metric: 'daily-visitors',
    measure: 'sessions',
    asks: ['sessions'],
    better: 'up',
  },
  {
    id: 'order',
    title: 'Average order',
    metric: 'revenue',
    measure: 'averageOrderValue',
    asks: ['averageOrderValue'],
    better: 'up',
  },
];

/** The charts, in their order; `by` is added to titles of lines. */
export const chartTiles: readonly ChartTile[] = [
  {
    id: 'visitors-by',
    title: 'Visitors',
    metric: 'daily-visitors',
    parameters: {},
    mark: 'line',
    measures: ['visitors'],
    span: 6,
  },
  {
    id: 'revenue-by',
    title: 'Revenue',
    metric: 'revenue',
    parameters: {},
    mark: 'line',
    measures: ['revenue'],
    span: 6,
  },
  {
    id: 'categories',
    title: 'Categories',
    metric: 'top-categories',
    parameters: { limit: '8' },
    mark: 'bar',
    measures: ['revenue'],
    span: 4,
  },
  {
    id: 'brands',
    title: 'Brands',
    metric: 'top-brands',
    parameters: { limit: '8' },
    mark: 'bar',
    measures: ['revenue'],
    span: 4,
  },
  {
    id: 'items',
    title: 'Items',
    metric: 'top-products',
    parameters: { limit: '8' },
    mark: 'bar',
    measures: ['revenue'],
    span: 4,
  },
  {
    id: 'funnel',
    title: 'From visit to purchase',
    metric: 'conversion-funnel',
    parameters: { grain: 'all' },
    mark: 'funnel',
    measures: ['viewSessions', 'cartSessions', 'purchaseSessions'],
    span: 6,
  },
  {
    id: 'carts',
    title: 'Cart abandonment',
    metric: 'cart-abandonment',
    parameters: {},
    mark: 'line',
    measures: ['abandonmentRate'],
    span: 6,
  },
  {
    id: 'hours',
    title: 'Events by weekday and hour',
    metric: 'peak-hours',
    parameters: { by: 'weekday' },
    mark: 'heatmap',
    measures: ['events'],
    span: 7,
  },
  {
    id: 'retention',
    title: 'Visitors who come back',
    metric: 'retention',
    parameters: { periods: '6' },
    mark: 'heatmap',
    measures: ['retentionRate'],
    span: 5,
  },
];

/** How many values a ranking asks of the compared range: what is large now may have been small, and has a change all the same. */
export const rankedBefore = { limit: '1000' } as const;

/** The periods of the cohorts of a range of so many days: few enough that their rows can be seen together. */
function cohortGrain(days: number): 'day' | 'week' | 'month' {
  if (days <= 14) return 'day';
  return days <= 98 ? 'week' : 'month';
}

/** The parameter of a chart's periods: lines have those that are asked for, and cohorts those that the range has room for. */
export const grainOf = ({ mark, metric }: ChartTile, lines: string, days: number): { grain?: string } =>
  mark === 'line' ? { grain: lines } : metric === 'retention' ? { grain: cohortGrain(days) } : {};

/** The periods of lines that a range of so many days can show. */
export function grainFor(days: number): 'hour' | 'day' | 'week' | 'month' {
  if (days <= 2) return 'hour';
  if (days <= 92) return 'day';
  return days <= 731 ? 'week' : 'month';
}
