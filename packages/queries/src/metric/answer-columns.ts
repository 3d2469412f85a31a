import type { DataType, TableSchema } from '@headwater/core';
import { columnOf, type DescribedColumn } from '@headwater/core/internal';
import { amountSumType } from './amount-type.ts';
import { answerZone, zoneWords } from './answer-zone.ts';
import { askedMeasures } from './asked-measures.ts';
import { columnsOf, isMeasure, withColumn } from './declared-columns.ts';
import type { Dimension, DimensionKind } from './dimension.ts';
import type { Grain } from './grain.ts';
import type { Additive, Measure } from './measure.ts';
import type { Metric } from './metric.ts';
import { leftOutOf } from './needs.ts';
import { readQuestion } from './question.ts';

/** One column of an answer, as plain data: for a table that takes the rows, a chart, a form, a page of documentation. */
export interface AnswerColumn extends DescribedColumn {
  readonly role: 'dimension' | 'measure';
  readonly kind: DimensionKind | Measure['kind'];
  /** The time zone of a period, an hour or a weekday; absent for UTC. */
  readonly zone?: string;
  /** Over what a measure may be summed. */
  readonly additive?: Additive;
  /** A ratio is the one measure divided by the other, also over several rows: sum both, then divide. */
  readonly numerator?: string;
  readonly denominator?: string;
  /** The denominator is multiplied by it. */
  readonly denominatorTimes?: number;
  /** Whether the denominator is the total over all groups of the answer, before any limit. */
  readonly isOfTotal?: boolean;
  /** A difference is the one measure less the other. */
  readonly minuend?: string;
  readonly subtrahend?: string;
  /** Whether people read it in percent. */
  readonly isShare?: boolean;
  /** Whether the answer leaves it out unless it is asked for. */
  readonly isHidden?: boolean;
}

/** How the columns of an answer are described. */
export interface AnswerOptions {
  /**
   * The table that is asked: amounts have the type and the unit of its amount, days are those of its zone, and measures whose
   * needs it lacks are left out.
   */
  readonly schema?: TableSchema | undefined;
  /** Whether hidden measures are among the columns. */
  readonly withHidden?: boolean | undefined;
  /** The measures that are asked for; those that they are computed of come with them. Defaults to all. */
  readonly measures?: readonly string[] | undefined;
}

/** Parameters of a question, of which the range may be left out: no column depends on it. */
export const withAnyRange = (parameters: object): object => ({
  from: '2000-01-01',
  to: '2000-01-01',
  ...parameters,
});

/**
 * The columns of the answer to these parameters, in the order of its rows.
 *
 * @param parameters as for `runMetric`; the range may be left out
 * @throws HeadwaterError `METRIC_PARAMETERS_INVALID`
 * @example
 * ```ts
 * answerColumns(revenue, { by: 'category' });
 * // [{ name: 'period', role: 'dimension', kind: 'time', type: { kind: 'date' }, ... },
 * //  { name: 'category', ... }, { name: 'orders', role: 'measure', kind: 'count', additive: 'time', ... }, ...]
 * ```
 */
export function answerColumns(
  metric: Metric,
  parameters: object = {},
  { schema, withHidden = false, measures }: AnswerOptions = {},
): AnswerColumn[] {
  const { parameters: read, breakdown } = readQuestion(metric, withAnyRange(parameters), schema);
  const by = breakdown?.name;
  const zone = answerZone({ schema, zone: read.zone });
  const time = timeTypes['grain' in read ? (read.grain as Grain) : 'day'];
  const leftOut = schema ? leftOutOf(metric.needs, schema) : undefined;
  const asked = askedMeasures(metric, measures);
  return columnsOf(withColumn(metric, breakdown))
    .filter(({ name }) => leftOut?.has(name) !== true)
    .filter(({ name, column }) => !asked || !isMeasure(column) || asked.has(name))
    .filter(({ name, column, isOptional }) => !isOptional || (isMeasure(column) ? withHidden : name === by))
    .map(({ name, column }) => ({
      name,
      description: zoneWords(column.description, zone),
      ...(isMeasure(column)
        ? measureFacts(column, metric.measures, schema)
        : dimensionFacts(column, time, zone)),
    }));
}

const texts = { kind: 'string' } as const;
const whole = { kind: 'int32' } as const;
/** The type of a period, by grain: an hour is an instant, and `all` is a text with the first and the last day. */
const timeTypes: Readonly<Record<Grain, DataType>> = {
  hour: { kind: 'timestamp' },
  day: { kind: 'date' },
  week: { kind: 'date' },
  month: { kind: 'date' },
  all: texts,
};
const dimensionTypes: Readonly<Record<Exclude<DimensionKind, 'time'>, DataType>> = {
  text: texts,
  actor: texts,
  item: texts,
  hour: whole,
  weekday: whole,
  offset: whole,
  rank: whole,
};

const isOfZone: ReadonlySet<DimensionKind> = new Set(['time', 'hour', 'weekday']);

function dimensionFacts({ kind, nullable }: Dimension, time: DataType, zone: string | undefined) {
  const type = kind === 'time' ? time : dimensionTypes[kind];
  return {
    role: 'dimension',
    kind,
    type,
    nullable,
    pii: kind === 'actor' ? 'pseudonymous' : 'none',
    ...(zone !== undefined && isOfZone.has(kind) ? { zone } : {}),
  } as const;
}

function measureFacts(
  one: Measure,
  measures: Readonly<Record<string, Measure>>,
  schema: TableSchema | undefined,
) {
  const { description: _, needs: _needs, ...declared } = one;
  const unit = unitOf(one, measures, schema);
  return {
    ...declared,
    role: 'measure',
    type: measureTypes[one.kind](schema),
    nullable: one.kind === 'ratio' || one.kind === 'difference',
    pii: 'none',
    ...(unit === undefined ? {} : { unit }),
  } as const;
}

const double = (): DataType => ({ kind: 'double' });
const int64 = (): DataType => ({ kind: 'int64' });
const measureTypes: Readonly<Record<Measure['kind'], (schema: TableSchema | undefined) => DataType>> = {
  count: int64,
  distinct: int64,
  amount: amountSumType,
  duration: double,
  ratio: double,
  difference: double,
};

/** An amount has the unit of the table's column, and so has a ratio of an amount to a count. */
function unitOf(
  one: Measure,
  measures: Readonly<Record<string, Measure>>,
  schema: TableSchema | undefined,
): string | undefined {
  if (one.unit !== undefined) return one.unit;
  if (one.kind === 'amount') {
    const name = schema?.roles.amount;
    return schema && name !== undefined ? columnOf(schema, name).unit : undefined;
  }
  const [numerator, denominator] =
    one.kind === 'ratio' ? [measures[one.numerator], measures[one.denominator]] : [];
  return numerator && denominator && denominator.kind !== numerator.kind
    ? unitOf(numerator, measures, schema)
    : undefined;
}
