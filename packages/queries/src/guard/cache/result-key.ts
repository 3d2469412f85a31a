import { createHash } from 'node:crypto';
import { serialize } from 'node:v8';
import type { TableSchema } from '@headwater/core';
import { type DataFile, schemaFingerprint } from '@headwater/core/internal';
import type { EngineName } from '../../session/lake-engine.ts';
import type { QueryText } from '../../session/query.ts';
import type { TableScan } from '../cost/scan-plan.ts';

/** Functions that return another value each time, in any engine. */
const changing =
  /\b(now|today|current_\w+|localtime\w*|transaction_timestamp|get_current_\w+|random|rand|uuid\w*|age|sample|tablesample|gen_random_uuid|shuffle|setseed|nextval)\b/i;

/** What an answer depends on besides its statement. */
interface ResultSource {
  readonly engine: EngineName;
  /** The lake's address and the server, so that lakes can share a store. */
  readonly lake: string;
  readonly place: string;
  readonly tables: readonly TableSchema[];
  readonly scans: readonly TableScan[];
  filesOf(table: string): readonly DataFile[];
}

/**
 * The key of an answer: a hash of the statement, its parameters, the definitions of the tables, and the files of the days
 * that are read, whose names contain content hashes. Undefined for a statement with a function such as `now()`.
 */
export function resultKey({ sql, parameters }: QueryText, source: ResultSource): string | undefined {
  if (changing.test(sql)) return undefined;
  const { engine, lake, place, tables, scans, filesOf } = source;
  const read = scans.map(({ table, days: { first = '', last = '9999-12-31' } }) => {
    const schema = tables.find(({ name }) => name === table);
    const files = filesOf(table).filter(({ day }) => day >= first && day <= last);
    return [table, schema && schemaFingerprint(schema), files.map(({ path }) => path)];
  });
  return createHash('sha256')
    .update(serialize([engine, lake, place, sql, parameters, read]))
    .digest('hex');
}
