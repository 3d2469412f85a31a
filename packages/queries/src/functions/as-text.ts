import { type Expression, sql } from 'kysely';
import type { DialectFunction } from './dialect-function.ts';

/** A value as text. Ids are text in answers: JSON has no 64-bit integers. */
export const asText: DialectFunction<[value: Expression<unknown>], string> = {
  duckdb: (value) => sql`cast(${value} as varchar)`,
};
