import type { TableSchema } from '@headwater/core';
import type { FileSchema } from '@headwater/core/internal';
import { isRejected, recordRows, stage } from './staging-table.ts';

/** SQL for a column of the rows from `base` on, each with its place among the records of the input. A record is a line, where there are lines. */
const withPlaces = ({ explode }: TableSchema, base: number, column: string): string =>
  `SELECT ${column}, ${explode ? `sum((${recordRows} > 0)::BIGINT) OVER (ORDER BY rowid)` : `rowid - ${base} + 1`} AS place FROM ${stage} WHERE rowid >= ${base}`;

/** SQL for the rejected rows from `base` on: `place, rejection`. */
export const rejectedPlaces = (file: FileSchema, base: number): string =>
  `SELECT place, rejection[1] AS rejection FROM (${withPlaces(file, base, 'rejection')}) WHERE ${isRejected(file)}`;

/** SQL for the column {@link recordRows}, from `element_count` of the record and `element_number` of the row. */
export const elementRecordRows = 'CASE WHEN element_number > 1 THEN 0 ELSE greatest(element_count, 1) END';

/** SQL for the rows that an input has beyond one for each record, by the lengths of its lists. */
export const addedRows = ({ explode }: TableSchema, base: number): string =>
  explode
    ? `(SELECT coalesce(sum(${recordRows} - 1) FILTER (${recordRows} > 0), 0)::BIGINT FROM ${stage} WHERE rowid >= ${base})`
    : '0';

/** SQL for the accepted rows from `base` on with bad values that became null: `nulled, place`. */
export const nulledPlaces = (schema: TableSchema, base: number): string =>
  `SELECT nulled, place FROM (${withPlaces(schema, base, 'nulled')}) WHERE nulled IS NOT NULL`;
