import type { Expression, RawBuilder } from 'kysely';

/** A unit of time that periods begin on; weeks begin on Monday. */
export type TimeUnit = 'hour' | 'day' | 'week' | 'month';

/**
 * The functions that engines write differently, each as the SQL of one engine. Parameters that are not expressions come
 * first: they are constants of the query. `functions.ts` says what each function means. `plusSeconds` moves a time, and
 * `timeText` writes one as `YYYY-MM-DDTHH:MM:SS`: the local times of a zone are made of them.
 */
export interface FunctionTable {
  readonly asText: (value: Expression<unknown>) => RawBuilder<string>;
  readonly booleanText: (value: Expression<unknown>) => RawBuilder<string>;
  readonly exactDecimal: (scale: number, value: Expression<unknown>) => RawBuilder<number>;
  readonly hourOfDay: (time: Expression<Date>) => RawBuilder<number>;
  readonly joinTexts: (...texts: readonly Expression<unknown>[]) => RawBuilder<string>;
  readonly localTime: (time: Expression<Date>) => RawBuilder<Date>;
  readonly md5Text: (text: Expression<string>) => RawBuilder<string>;
  readonly millisecondsBetween: (earlier: Expression<Date>, later: Expression<Date>) => RawBuilder<number>;
  readonly partitionDay: (day: string) => RawBuilder<string>;
  readonly periodStartText: (unit: TimeUnit, time: Expression<Date>) => RawBuilder<string>;
  readonly periodsBetween: (
    unit: TimeUnit,
    earlier: Expression<Date>,
    later: Expression<Date>,
  ) => RawBuilder<number>;
  readonly plusSeconds: (seconds: Expression<unknown>, time: Expression<Date>) => RawBuilder<Date>;
  readonly ratio: (part: Expression<unknown>, whole: Expression<unknown>) => RawBuilder<number | null>;
  readonly timeText: (time: Expression<Date>) => RawBuilder<string>;
  readonly timestampLiteral: (instant: Date) => RawBuilder<Date>;
  readonly truncateTime: (unit: TimeUnit, time: Expression<Date>) => RawBuilder<Date>;
  readonly weekday: (time: Expression<Date>) => RawBuilder<number>;
}

/** One of the functions of {@link FunctionTable}. */
export type FunctionName = keyof FunctionTable;
