import { type Expression, sql } from 'kysely';
import { dialectFunction } from './dialect-function.ts';

/** Milliseconds from one instant to another: whole, so that their sum does not depend on the order of rows. */
export const millisecondsBetween = dialectFunction<
  [earlier: Expression<Date>, later: Expression<Date>],
  number
>({
  duckdb: (earlier, later) => sql`date_diff('millisecond', ${earlier}, ${later})`,
  trino: (earlier, later) => sql`date_diff('millisecond', ${earlier}, ${later})`,
});
