import type { TableSchema } from '@headwater/core';
import { readName } from '@headwater/core/internal';
import type { LakeSession } from '../session/lake-engine.ts';
import type { QueryText } from '../session/query.ts';
import type { TableScan } from './cost/scan-plan.ts';
import { readsFrom } from './cost/text-scan-plan.ts';

/**
 * Rejects a query of a table whose files the engine would read wrongly. The table is rejected as a whole, whichever columns and
 * days the query reads: a query may read more than the columns that it names, and an answer that depends on the day would be
 * worse than an error.
 *
 * A statement that a person wrote may name the catalog's table although there is a view over renamed columns.
 *
 * @throws HeadwaterError `SCHEMA_INCOMPATIBLE`, `PARTITIONING_CHANGED`
 */
export async function assertReadable(
  session: LakeSession,
  tables: readonly TableSchema[],
  { sql, query }: QueryText,
  scans: readonly TableScan[],
): Promise<void> {
  const names = new Set(scans.map(({ table }) => table));
  await Promise.all(
    [...names].map((name) => {
      const schema = tables.find((table) => table.name === name);
      const view = schema && session.readsView ? readName(schema, session.permissionClass) : name;
      const insteadOf = view !== name && !query && readsFrom(sql, name) ? view : undefined;
      return session.assertReadable?.(name, insteadOf);
    }),
  );
}
