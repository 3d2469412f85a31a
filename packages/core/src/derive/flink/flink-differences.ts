/** What a difference concerns. `values`: an answer may have another value. `rows`: events may count, or be missing, contrary to a batch. */
export type FlinkDifferenceEffect = 'values' | 'rows';

/** Where the answers of a stream differ from those of the metrics over the lake, by code. */
export const flinkDifferences = {
  'late-event': {
    affects: 'rows',
    text: 'An event that comes later than the lateness allows is in no window. A batch counts it',
  },
  'future-event': {
    affects: 'rows',
    text: 'An event with a time in the future moves the watermark there: all events before it are then late',
  },
  'late-duplicate': {
    affects: 'rows',
    text: 'A duplicate counts again once the first event has been forgotten, after the hours of the deduplication',
  },
  'duplicate-kept': {
    affects: 'values',
    text: 'Of duplicates, the event that arrived first stays. The definition keeps another one',
  },
  'no-reason': {
    affects: 'rows',
    text: 'An event that the definition rejects is left out, without a reason. The load of the same stream quarantines it',
  },
  'bad-time-null': {
    affects: 'rows',
    text: 'A bad value of this time column is null, and its event counts. The definition rejects the event',
  },
  'time-spelling': {
    affects: 'rows',
    text: 'Times are read in ISO 8601 with T and Z alone, as toISOString() writes them. A time with an offset such as +02:00 is no value',
  },
  'epoch-fraction': {
    affects: 'values',
    text: 'What a count since 1970 has after the point is cut off',
  },
  'other-names': {
    affects: 'rows',
    text: 'Only the name of the column, or its key, is read: a record that has an alias or a former name of it is without the value',
  },
  'letter-case': {
    affects: 'values',
    text: 'LOWER changes every upper-case letter, and the definition A to Z alone',
  },
  'float-text': {
    affects: 'values',
    text: 'Studio reads a JSON number with a point as a double: beyond 15 digits send text, as the producer does. A number with an exponent is a decimal there',
  },
  'not-joined': {
    affects: 'values',
    text: 'Columns of lookups are not in the stream, and are left out',
  },
  'session-gap': {
    affects: 'rows',
    text: 'A session ends after the minutes of inactivity of the question. The definition has another gap',
  },
  'session-longest': {
    affects: 'rows',
    text: 'A session window has no longest duration. Metrics end a session at its longest, and count later events as events without a session',
  },
  'funnel-order': {
    affects: 'rows',
    text: 'Events have to come in the order of the steps. For the metric the order plays no part',
  },
  'funnel-time': {
    affects: 'rows',
    text: 'All steps have to be within the minutes of the question, and only complete funnels are found. The metric counts every step of a whole session',
  },
  'double-amount': {
    affects: 'values',
    text: 'The amount of each event is rounded to four digits before it is added. The metric rounds the sum',
  },
  'amount-left-out': {
    affects: 'values',
    text: 'The answer has no amounts: an amount times its quantity has more than 38 digits, and Flink would round it',
  },
  'empty-minute': {
    affects: 'rows',
    text: 'A minute without an event is no row: it is not a value of the mean, and an outage is not seen',
  },
  'fixed-windows': {
    affects: 'rows',
    text: 'Windows do not overlap: actions on both sides of a border are in two of them',
  },
} as const satisfies Readonly<
  Record<string, { readonly affects: FlinkDifferenceEffect; readonly text: string }>
>;

/** The code of a difference. */
export type FlinkDifferenceCode = keyof typeof flinkDifferences;

/** Where one part of a job differs from a batch. */
export interface FlinkDifference {
  /** A column, a view or a question. */
  readonly of: string;
  readonly code: FlinkDifferenceCode;
  readonly affects: FlinkDifferenceEffect;
  readonly text: string;
}

/** The differences with these codes. */
export const differencesOf = (of: string, codes: readonly FlinkDifferenceCode[]): FlinkDifference[] =>
  codes.map((code) => ({ of, code, ...flinkDifferences[code] }));
