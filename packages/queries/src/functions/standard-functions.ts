import { sql } from 'kysely';
import type { FunctionTable, TimeUnit } from './function-table.ts';

/** The form of a function that most engines read. A function without one is written by every engine itself. */
export const standardFunctions = {
  asText: (value) => sql`cast(${value} as varchar)`,
  booleanText: (value) => sql`cast(${value} as varchar)`,
  exactDecimal: (scale, value) => sql`cast(${value} as decimal(38, ${sql.lit(scale)}))`,
  hourOfDay: (time) => sql`hour(${time})`,
  joinTexts: (...texts) => sql`concat(${sql.join(texts)})`,
  localTime: (time) => sql`${time}`,
  md5Text: (text) => sql`md5(${text})`,
  millisecondsBetween: (earlier, later) => sql`date_diff('millisecond', ${earlier}, ${later})`,
  // A catalog holds the key as text, which sorts as days do.
  partitionDay: (day) => sql`${sql.lit(day)}`,
  // Between first instants of periods, boundaries (DuckDB) and whole periods (Trino) are as many.
  periodsBetween: (unit, earlier, later) => sql`date_diff(${sql.lit(unit)}, ${earlier}, ${later})`,
  // Trino divides integers to integers.
  ratio: (part, whole) => sql`(cast(${part} as double) / nullif(cast(${whole} as double), 0))`,
  timestampLiteral: (instant) => sql`timestamp ${sql.lit(timestampText(instant))}`,
  truncateTime: (unit, time) => sql`date_trunc(${sql.lit(unit)}, ${time})`,
} satisfies Partial<FunctionTable>;

/** What an engine writes in its own way: what it must, and whatever else differs. */
type EngineFunctions = Partial<FunctionTable> & Omit<FunctionTable, keyof typeof standardFunctions>;

/**
 * The functions of an engine: its own forms, and the standard form of the others. A function that has neither does not
 * compile.
 */
export const engineFunctions = (own: EngineFunctions): FunctionTable => ({ ...standardFunctions, ...own });

/** The year 10000, where the last range ends, is `+010000` in JavaScript alone. */
const timestampText = (instant: Date): string =>
  instant.toISOString().slice(0, -1).replace('T', ' ').replace(/^\+0/, '');

/** The text of a period's first instant: the same letters in C's strftime and in MySQL's date_format, which Trino follows. */
export const periodFormat = (unit: TimeUnit): string => (unit === 'hour' ? '%Y-%m-%dT%H:00:00Z' : '%Y-%m-%d');
