import { type EventsTable, HeadwaterError, isHeadwaterError } from '@headwater/core';
import { isWholeRowKey, quoteName } from '@headwater/core/internal';
import { compileOnlyEngines } from '../impact/compile-only.ts';
import { createLake, tableOf } from '../lake/create-lake.ts';
import type { MetricRegistry } from '../library/registry.ts';
import { type AnswerColumn, answerColumns } from '../metric/answer-columns.ts';
import type { Metric } from '../metric/metric.ts';
import { namedMetricQuery } from '../run/run-metric.ts';
import { inlinedStatement } from '../statement/inlined-statement.ts';
import { ossieDatatype } from './ossie-datatype.ts';
import type { OssieDataset, OssieDocument, OssieField, OssieMetric } from './ossie-document.ts';
import { ossieVersion } from './ossie-document.ts';
import { summedExpression } from './summed-expression.ts';

/** What is exported. */
export interface OssieOptions {
  readonly table: EventsTable;
  readonly metrics: MetricRegistry;
  /** First and last day, `YYYY-MM-DD`. The answers of metrics are queries over these days. */
  readonly from: string;
  readonly to: string;
  /** The SQL that queries are written in: that of Trino, which Athena has too, or of DuckDB. Defaults to `trino`. */
  readonly engine?: 'trino' | 'duckdb' | undefined;
  /** The table as readers of the document name it, such as `awsdatacatalog.shop.clickstream`. Defaults to its own name. */
  readonly source?: string | undefined;
}

/** A document, and the metrics that are not in it with the reason. */
export interface MetricsOssie {
  readonly document: OssieDocument;
  readonly leftOut: Readonly<Record<string, string>>;
}

/**
 * A table and its metrics as a semantic model of Apache Ossie. The table is a dataset. So is the answer of each metric: its source
 * is the metric's own query, by its usual periods, and the fields are the columns of the answer. A metric of the model is one measure
 * over all rows of an answer, and only where that is what the metric says of the whole range: measures that may be summed, ratios by
 * the sums of their two parts. Distinct counts are fields alone.
 *
 * @throws HeadwaterError `METRIC_PARAMETERS_INVALID` for days that are none
 */
export function metricsOssie(options: OssieOptions): MetricsOssie {
  const { table, metrics, source = table.name } = options;
  const leftOut: Record<string, string> = {};
  const datasets: OssieDataset[] = [eventsDataset(table, source)];
  const measures: OssieMetric[] = [];
  for (const metric of Object.values(metrics)) {
    if (!metric) continue;
    const found = answerDataset(metric, options);
    if (typeof found === 'string') leftOut[metric.name] = found;
    else {
      datasets.push(found.dataset);
      measures.push(...found.metrics);
    }
  }
  const document: OssieDocument = {
    version: ossieVersion,
    name: table.name,
    ...(table.schema.description === '' ? {} : { description: table.schema.description }),
    ai_context: {
      instructions:
        'Use the metrics for totals of the whole range. Fields without a metric, such as distinct counts, must not be summed over rows.',
    },
    datasets,
    metrics: measures,
  };
  return { document, leftOut };
}

const ansi = (expression: string) => ({ dialects: [{ dialect: 'ANSI_SQL' as const, expression }] });

/** What Ossie has no word for, as its readers may ignore it. */
const extensions = (data: object) => ({
  custom_extensions: [{ vendor_name: 'HEADWATER', data: JSON.stringify(data) }],
});

/** A name that needs no quotes, and is the same in every case: `abandonedSessions` becomes `abandoned_sessions`. */
export const simpleName = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/\W/g, '_')
    .toLowerCase();

function eventsDataset({ name, schema }: EventsTable, source: string): OssieDataset {
  const keys = isWholeRowKey(schema) ? {} : { unique_keys: [schema.duplicateKey.map(simpleName)] };
  return {
    name: simpleName(name),
    source,
    ...keys,
    description: schema.description || `Events of the table ${name}`,
    fields: schema.columns.map(({ name: column, type, description, pii, unit }): OssieField => {
      const isTime = column === schema.roles.time;
      const notes = { ...(pii === 'none' ? {} : { pii }), ...(unit === undefined ? {} : { unit }) };
      return {
        name: simpleName(column),
        expression: ansi(quoteName(column)),
        ...(isTime ? { dimension: { is_time: true } } : {}),
        ...(description === '' ? {} : { description }),
        datatype: ossieDatatype(type),
        ...(Object.keys(notes).length === 0 ? {} : extensions(notes)),
      };
    }),
  };
}

/** The answer of a metric and what may be summed of it; or why there is none. */
function answerDataset(metric: Metric, { table, from, to, engine = 'trino' }: OssieOptions) {
  const compiler = compileOnlyEngines.find((one) => one.name === engine);
  if (!compiler) throw new Error(`No compiler of ${engine}`);
  const { schema } = table;
  try {
    const lake = createLake({ tables: [table], engine: compiler });
    const query = namedMetricQuery(tableOf(lake, table.name), metric, { from, to }, { withHidden: true });
    const columns = answerColumns(metric, { from, to }, { schema, withHidden: true });
    const name = simpleName(metric.name === table.name ? `${metric.name}_answer` : metric.name);
    const dataset: OssieDataset = {
      name,
      source: inlinedStatement(query),
      description: `${metric.definition} Days from ${from} to ${to}.`,
      fields: columns.map((column) => fieldOf(column)),
    };
    const metrics = columns.flatMap((column): OssieMetric[] => {
      const expression = summedExpression(column, columns, (one) => `${name}.${simpleName(one)}`);
      if (expression === undefined || column.isHidden) return [];
      return [
        {
          name: `${name}_${simpleName(column.name)}`,
          expression: ansi(expression),
          description: `${column.description}, from ${from} to ${to}`,
          datatype: ossieDatatype(column.type),
          ...extensions(notesOf(metric.name, column)),
        },
      ];
    });
    return { dataset, metrics };
  } catch (error) {
    if (isHeadwaterError(error, 'METRIC_PARAMETERS_INVALID') && /\b(from|to)\b/.test(error.payload.problem))
      throw error;
    if (error instanceof HeadwaterError) return error.message;
    throw error;
  }
}

function fieldOf(column: AnswerColumn): OssieField {
  const { name, type, kind, description } = column;
  const isTime = kind === 'time';
  return {
    name: simpleName(name),
    // A period is written as text.
    expression: ansi(isTime && type.kind === 'date' ? `CAST(${quoteName(name)} AS DATE)` : quoteName(name)),
    ...(column.role === 'dimension' ? { dimension: isTime ? { is_time: true } : {} } : {}),
    description,
    datatype: ossieDatatype(type),
    ...extensions(notesOf(undefined, column)),
  };
}

/** What the project says of a column beyond Ossie's words. */
function notesOf(
  metric: string | undefined,
  { unit, additive, pii, zone, isShare, role }: AnswerColumn,
): object {
  return {
    ...(metric === undefined ? {} : { metric }),
    role,
    ...(unit === undefined ? {} : { unit }),
    ...(additive === undefined ? {} : { additive }),
    ...(pii === 'none' ? {} : { pii }),
    ...(zone === undefined ? {} : { zone }),
    ...(isShare ? { isShare } : {}),
  };
}
