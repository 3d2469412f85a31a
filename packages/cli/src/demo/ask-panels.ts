import { type EventsTable, isHeadwaterError, type TableSchema } from '@headwater/core';
import { closeLake, createLake, metricOf, namedMetricQuery, tableOf } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import type { Console } from '../output/console.ts';
import { metricTable } from '../rows/metric-result.ts';
import { resultTable } from '../rows/write-table.ts';
import { type Panel, panels } from './panels.ts';

/** What a table may lack for a question. */
const unanswerable = ['ROLE_MISSING', 'ACTION_MISSING', 'METRIC_UNANSWERABLE'] as const;

/** The lake that the questions are about. */
export interface Asked {
  readonly table: EventsTable;
  readonly lake: string;
  /** First and last day with rows. */
  readonly from: string;
  readonly to: string;
  readonly signal: AbortSignal;
}

/** One answer of the demo. `rows` is absent when the table lacks what the metric needs. */
export interface PanelAnswer {
  readonly panel: Panel;
  /** The parameters of the question. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The table that was asked. */
  readonly schema: TableSchema;
  readonly rows?: readonly Readonly<Record<string, unknown>>[];
}

/** Asks all of the demo's questions, one answer after the other. */
export async function* askPanels({
  table,
  lake: folder,
  from,
  to,
  signal,
}: Asked): AsyncIterable<PanelAnswer> {
  const { schema } = table;
  const lake = createLake({ tables: [table], engine: duckdbEngine({ lake: folder }) });
  try {
    for (const panel of panels) {
      const grain = panel.isSeries ? { grain: grainOf(from, to) } : {};
      const parameters = { from, to, ...grain, ...panel.parameters };
      try {
        const query = namedMetricQuery(tableOf(lake, table.name), metricOf(panel.metric), parameters);
        yield { panel, parameters, schema, rows: await query.rows({ signal }) };
      } catch (error) {
        if (!unanswerable.some((code) => isHeadwaterError(error, code))) throw error;
        yield { panel, parameters, schema };
      }
    }
  } finally {
    await closeLake(lake);
  }
}

/** The period that keeps the table short. */
function grainOf(from: string, to: string): string {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  if (days <= 31) return 'day';
  return days <= 200 ? 'week' : 'month';
}

/** An answer for people, under its title. */
export function answerText({ panel, parameters, schema, rows }: PanelAnswer, console: Console): string {
  const title = console.style('bold', panel.title);
  if (!rows)
    return `${title}\n${console.style('dim', `${panel.metric} needs a role or an action that the table lacks`)}\n`;
  if (rows.length === 0) return `${title}\n${console.style('dim', 'no rows')}\n`;
  if (panel.paint) return `${title}\n${panel.paint(rows, console)}`;
  const shown = metricTable(metricOf(panel.metric), parameters, schema);
  const columns = panel.columns?.filter((name) => shown.columns.includes(name)) ?? shown.columns;
  return `${title}\n${resultTable({ ...shown, columns }, rows, console)}`;
}
