import { type Expression, sql } from 'kysely';
import { dialectFunction } from './dialect-function.ts';

/** One number divided by another as a double; null when the divisor is zero. Trino divides integers to integers. */
export const ratio = dialectFunction<[part: Expression<unknown>, whole: Expression<unknown>], number | null>({
  duckdb: (part, whole) => sql`(cast(${part} as double) / nullif(cast(${whole} as double), 0))`,
  trino: (part, whole) => sql`(cast(${part} as double) / nullif(cast(${whole} as double), 0))`,
});
