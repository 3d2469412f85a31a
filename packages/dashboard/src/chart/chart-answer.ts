import type { AnswerColumn, Chart } from '@headwater/queries';

/** A row of an answer, by column. */
export type AnswerRow = Readonly<Record<string, unknown>>;

/** The days that an answer is of, both inside. */
export interface DayRange {
  /** `YYYY-MM-DD` */
  readonly from: string;
  /** `YYYY-MM-DD` */
  readonly to: string;
}

/** The length of an answer's periods. */
export type PeriodLength = 'hour' | 'day' | 'week' | 'month' | 'all';

/** What an answer looks like, before it has rows: its declared columns, how its metric draws it, and its range. */
export interface AnswerShape {
  readonly metric: string;
  /** The declared columns of the answer, in the order of its rows; hidden measures among them where rows have them. */
  readonly columns: readonly AnswerColumn[];
  /** How the metric draws it, as `describeAnswer` gives it. */
  readonly chart: Chart;
  readonly range: DayRange;
  /** Absent where the metric has no periods. */
  readonly grain?: PeriodLength | undefined;
}

/** An answer, as charts take it. */
export interface ChartAnswer extends AnswerShape {
  readonly rows: readonly AnswerRow[];
}
