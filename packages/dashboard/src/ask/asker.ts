import { HeadwaterError, isHeadwaterError, type TableSchema } from '@headwater/core';
import {
  answerKey,
  describeAnswer,
  estimateScan,
  type Lake,
  type Metric,
  metricOf,
  metricsOf,
  namedMetricQuery,
  type RollupUse,
  type ScanEstimate,
  tableOf,
} from '@headwater/queries';
import type { ChartAnswer, DayRange, PeriodLength } from '../chart/chart-answer.ts';
import { daysIn } from '../chart/days.ts';
import { AnswerStore } from './answer-store.ts';

/** A question to a table: a metric, and its parameters besides the range. */
export interface Question {
  readonly metric: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The measures that are asked for, where others cost more. Defaults to all of the metric. */
  readonly measures?: readonly string[] | undefined;
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
  /** By which rollup the rows came, or why they were computed from the events. */
  readonly rollup: RollupUse;
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
  /**
   * Asks one question over several ranges: by one statement where the rows of a period do not depend on the range, and the ranges lie near
   * each other.
   *
   * @returns an answer for each range
   */
  askOver(question: Question, ranges: readonly DayRange[]): Promise<readonly (Asked | undefined)[]>;
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
  /** Answers that other askers got, and get. Defaults to none. */
  readonly store?: AnswerStore<Asked> | undefined;
}

/** How many more days than those that are asked for one statement may read. */
const mostSpread = 1.25;

/** Asks questions about one table of a lake. The same question over the same range is asked once. */
export function createAsker(
  lake: Lake,
  schema: TableSchema,
  { signal, filters = {}, store = new AnswerStore() }: AskerOptions = {},
): Asker {
  const chosen = Object.entries(filters).filter(([, values]) => values.length > 0);
  const where = chosen.length > 0 ? { where: Object.fromEntries(chosen) } : {};
  const asked = new Map<string, Promise<Asked | undefined>>();
  const run = async (
    { metric: name, parameters, measures }: Question,
    range: DayRange,
  ): Promise<Asked | undefined> => {
    const metric = metricOf(name, metricsOf(lake));
    const given: Readonly<Record<string, unknown>> = { ...parameters, ...range, ...where };
    const options = { withHidden: true, measures };
    try {
      const query = namedMetricQuery(tableOf(lake, schema.name), metric, given, options);
      return await store.answer(await answerKey(lake, query), signal, async (stop) => {
        const started = performance.now();
        const described = describeAnswer(metric, given, { schema, ...options });
        // While the engine works, this process says what it reads.
        const [{ rows, milliseconds }, rollup, estimate] = await Promise.all([
          query.rows({ signal: stop }).then((all) => ({
            rows: all,
            milliseconds: performance.now() - started,
          })),
          query.rollup(),
          estimateScan(lake, query).catch((error: unknown) => {
            if (error instanceof HeadwaterError) return undefined;
            throw error;
          }),
        ]);
        const ran = rollup.isUsed ? rollup : query;
        return {
          answer: { ...described, rows, range, grain: grainOf(metric, given) },
          definition: `${metric.definition} Events without a session: ${metric.nullSessions}`,
          sql: ran.sql,
          parameters: ran.parameters,
          estimate,
          rollup,
          milliseconds,
        };
      });
    } catch (error) {
      if (lacking.some((code) => isHeadwaterError(error, code))) return undefined;
      throw error;
    }
  };
  const ask = (question: Question, range: DayRange): Promise<Asked | undefined> => {
    const { metric, parameters, measures } = question;
    const key = JSON.stringify([metric, parameters, measures, range]);
    const known = asked.get(key) ?? run(question, range);
    asked.set(key, known);
    return known;
  };
  return {
    ask,
    async askOver(question, ranges) {
      const hull = hullOf(ranges);
      const days = ranges.reduce((sum, range) => sum + daysIn(range), 0);
      const metric = metricOf(question.metric, metricsOf(lake));
      const isTogether =
        hull && daysIn(hull) <= mostSpread * days && isByPeriod(metric, { ...question.parameters, ...hull });
      if (!isTogether) return Promise.all(ranges.map((range) => ask(question, range)));
      const whole = await ask(question, hull);
      return ranges.map((range) => whole && within(whole, range));
    },
  };
}

/** Whether the rows of a period are the same whichever range is asked. A week or a month may lie outside a range in part. */
function isByPeriod(metric: Metric, parameters: Question['parameters']): boolean {
  const grain = grainOf(metric, parameters);
  return metric.incremental === true && (grain === 'hour' || grain === 'day');
}

/** The range from the first day of all to the last; undefined for none. */
function hullOf(ranges: readonly DayRange[]): DayRange | undefined {
  const from = ranges.map((range) => range.from).toSorted()[0];
  const to = ranges
    .map((range) => range.to)
    .toSorted()
    .at(-1);
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** The part of an answer by days or hours that is of a range. Periods begin with their day. */
function within(asked: Asked, range: DayRange): Asked {
  const { answer } = asked;
  const rows = answer.rows.filter(({ period }) => {
    const day = String(period).slice(0, 10);
    return day >= range.from && day <= range.to;
  });
  return { ...asked, answer: { ...answer, range, rows } };
}
