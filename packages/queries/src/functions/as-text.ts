import { type Expression, sql } from 'kysely';
import { dialectFunction } from './dialect-function.ts';

/** A value as text. Ids are text in answers: JSON has no 64-bit integers. */
export const asText = dialectFunction<[value: Expression<unknown>], string>({
  duckdb: (value) => sql`cast(${value} as varchar)`,
  trino: (value) => sql`cast(${value} as varchar)`,
});
