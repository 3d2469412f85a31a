import type { TableSchema } from '@headwater/core';
import { recordRows, stage } from './staging-table.ts';

/** SQL for the places of rejected rows among the records of an input: `place, rejection`. A record is a line, where there are lines. */
export function rejectedPlaces({ explode }: TableSchema, base: number): string {
  if (!explode)
    return `SELECT rowid - ${base} + 1 AS place, rejection[1] AS rejection FROM ${stage} WHERE rowid >= ${base} AND len(rejection) > 0`;
  return `SELECT place, rejection[1] AS rejection FROM (
      SELECT rejection, sum((${recordRows} > 0)::BIGINT) OVER (ORDER BY rowid) AS place FROM ${stage} WHERE rowid >= ${base})
    WHERE len(rejection) > 0`;
}

/** SQL for the rows that an input has beyond one for each record, by the lengths of its lists. */
export const addedRows = ({ explode }: TableSchema, base: number): string =>
  explode
    ? `(SELECT coalesce(sum(${recordRows} - 1) FILTER (${recordRows} > 0), 0)::BIGINT FROM ${stage} WHERE rowid >= ${base})`
    : '0';

/** SQL for the accepted rows from `base` on with bad values that became null, each with its place among the records of the input. */
export function nulledPlaces({ explode }: TableSchema, base: number): string {
  return explode
    ? `SELECT nulled, place FROM (
        SELECT nulled, sum((${recordRows} > 0)::BIGINT) OVER (ORDER BY rowid) AS place FROM ${stage} WHERE rowid >= ${base})
      WHERE nulled IS NOT NULL`
    : `SELECT nulled, rowid - ${base} + 1 AS place FROM ${stage} WHERE rowid >= ${base} AND nulled IS NOT NULL`;
}
