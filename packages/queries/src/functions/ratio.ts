import { type Expression, sql } from 'kysely';
import type { DialectFunction } from './dialect-function.ts';

/** One number divided by another as a double; null when the divisor is zero. */
export const ratio: DialectFunction<[part: Expression<unknown>, whole: Expression<unknown>], number | null> =
  {
    duckdb: (part, whole) => sql`(cast(${part} as double) / nullif(cast(${whole} as double), 0))`,
  };
