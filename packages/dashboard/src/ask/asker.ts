import { HeadwaterError, isHeadwaterError, type TableSchema } from '@headwater/core';
import {
  describeAnswer,
  estimateScan,
  type Lake,
  type Metric,
  metricOf,
  metricsOf,
  namedMetricQuery,
  type ScanEstimate,
  tableOf,
} from '@headwater/queries';
import type { ChartAnswer, DayRange, PeriodLength } from '../chart/chart-answer.ts';

/** A question to a table: a metric, and its parameters besides the range. */
export interface Question {
  readonly metric: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** An answer, with what it was asked by. */
export interface Asked {
  readonly answer: ChartAnswer;
  /** The definition in words. */
  readonly definition: string;
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Absent where the engine's config lacks the address of the lake. */
  readonly estimate?: ScanEstimate | undefined;
  /** From the question to its last row. */
  readonly milliseconds: number;
}

/** Which events are asked about, by the values of columns; an event without a value is null. */
export type AskerFilters = Readonly<Record<string, readonly (string | null)[]>>;

/** Asks a table, each question once. */
export interface Asker {
  /**
   * @returns undefined where the table lacks a role or an action that the metric cannot do without
   * @throws HeadwaterError `METRIC_UNKNOWN`, `METRIC_PARAMETERS_INVALID`, and what queries throw
   */
  ask(question: Question, range: DayRange): Promise<Asked | undefined>;
}

/** The length of the periods of an answer, with the metric's default; undefined for a metric without periods. */
function grainOf(
  { parameters, breakdowns }: Metric,
  { where: _, ...given }: Readonly<Record<string, unknown>>,
) {
  const read = parameters.safeParse(given);
  // By a column of the table, the defaults are those of a break-down that the metric declares.
  const data: unknown = read.success ? read.data : parameters.safeParse({ ...given, by: breakdowns[0] }).data;
  return Object(data).grain as PeriodLength | undefined;
}

/** What a table may lack for a question. */
const lacking = ['ROLE_MISSING', 'ACTION_MISSING', 'METRIC_UNANSWERABLE'] as const;

/** How an asker asks. */
export interface AskerOptions {
  /** Stops what runs. */
  readonly signal?: AbortSignal | undefined;
  /** What events all its questions are about. */
  readonly filters?: AskerFilters | undefined;
}

/** Asks questions about one table of a lake. The same question over the same range is asked once. */
export function createAsker(
  lake: Lake,
  schema: TableSchema,
  { signal, filters = {} }: AskerOptions = {},
): Asker {
  const chosen = Object.entries(filters).filter(([, values]) => values.length > 0);
  const where = chosen.length > 0 ? { where: Object.fromEntries(chosen) } : {};
  const asked = new Map<string, Promise<Asked | undefined>>();
  const run = async ({ metric: name, parameters }: Question, range: DayRange): Promise<Asked | undefined> => {
    const metric = metricOf(name, metricsOf(lake));
    const given: Readonly<Record<string, unknown>> = { ...parameters, ...range, ...where };
    const started = performance.now();
    const options = { withHidden: true };
    try {
      const query = namedMetricQuery(tableOf(lake, schema.name), metric, given, options);
      const rows = await query.rows({ signal });
      const milliseconds = performance.now() - started;
      const described = describeAnswer(metric, given, { schema, ...options });
      const grain = grainOf(metric, given);
      const estimate = await estimateScan(lake, query).catch((error: unknown) => {
        if (error instanceof HeadwaterError) return undefined;
        throw error;
      });
      return {
        answer: { ...described, rows, range, grain },
        definition: `${metric.definition} Events without a session: ${metric.nullSessions}`,
        sql: query.sql,
        parameters: query.parameters,
        estimate,
        milliseconds,
      };
    } catch (error) {
      if (lacking.some((code) => isHeadwaterError(error, code))) return undefined;
      throw error;
    }
  };
  return {
    ask(question, range) {
      const key = JSON.stringify([question.metric, question.parameters, range]);
      const known = asked.get(key) ?? run(question, range);
      asked.set(key, known);
      return known;
    },
  };
}
