import type { TableSchema } from '@headwater/core';
import { answerZone, isPlainColumn } from '@headwater/queries';
import type { BoardInfo, ChartInfo, FilterInfo } from '../api/api.ts';
import type { ViewState } from '../api/view-state.ts';
import { type ChartTile, chartTiles, figureTiles } from '../ask/tiles.ts';
import type { DayRange } from '../chart/chart-answer.ts';
import { addDays, daysIn } from '../chart/days.ts';
import type { StateRules } from './read-view-state.ts';

/** The chart that shows the course of the chosen figure. */
export const courseId = 'course';

/** The charts of a page. The course of a figure is in one chart, so the report's own lines of visitors and revenue are left out. */
export const boardCharts: readonly ChartTile[] = chartTiles.filter(
  ({ id }) => id !== 'visitors-by' && id !== 'revenue-by',
);

/** What a page filters by: roles of events, and the ranking of their values. */
const filterRoles = [
  { role: 'category', title: 'Category', ranking: 'categories' },
  { role: 'brand', title: 'Brand', ranking: 'brands' },
  { role: 'item', title: 'Item', ranking: 'items' },
] as const;

/** The columns that a page may filter by: those of a category, a brand and an item, where the table has one that can be compared. */
export function filtersOf(schema: TableSchema): readonly FilterInfo[] {
  return filterRoles.flatMap(({ role, title, ranking }): FilterInfo[] => {
    const name = schema.roles[role];
    const column = schema.columns.find((one) => one.name === name);
    return column && isPlainColumn(column) ? [{ column: column.name, title, ranking }] : [];
  });
}

/** The view that a link without a word shows: the last seven days of the lake. */
function usualState(days: DayRange): ViewState {
  const shown = Math.min(7, daysIn(days));
  return {
    range: { from: addDays(days.to, 1 - shown), to: days.to },
    grain: shown <= 2 ? 'hour' : 'day',
    comparison: 'period',
    tile: 'visitors',
    filters: {},
  };
}

/** By which a state is checked: names that the board has, and no other. */
export const stateRules = (schema: TableSchema, days: DayRange): StateRules => ({
  fallback: usualState(days),
  tiles: figureTiles.map(({ id }) => id),
  columns: filtersOf(schema).map(({ column }) => column),
});

/** What a page of a table can ask for. */
export function boardInfo(
  schema: TableSchema,
  days: DayRange,
  { source, isLive, view }: Pick<BoardInfo, 'source' | 'isLive' | 'view'>,
): BoardInfo {
  const amount = schema.columns.find(({ name }) => name === schema.roles.amount);
  const course: ChartInfo = { id: courseId, title: 'Course', kind: 'chart', span: 12 };
  return {
    table: schema.name,
    source,
    days,
    zone: answerZone({ schema }) ?? 'UTC',
    ...(amount?.unit === undefined ? {} : { unit: amount.unit }),
    figures: figureTiles.map(({ id, title }) => ({ id, title })),
    charts: [
      course,
      ...boardCharts.map(
        ({ id, title, mark, span }): ChartInfo => ({
          id,
          title,
          kind: mark === 'bar' ? 'ranking' : 'chart',
          span,
        }),
      ),
    ],
    filters: filtersOf(schema),
    usual: usualState(days),
    view,
    isLive,
  };
}
