import type { TableSchema } from '@headwater/core';
import { readName } from '@headwater/core/internal';
import type { LakeSession } from '../session/lake-engine.ts';
import type { QueryText } from '../session/query.ts';
import type { TableScan } from './cost/scan-plan.ts';
import { readsFrom } from './cost/text-scan-plan.ts';

/**
 * Refuses a query of a table whose files the engine would read wrongly. The table is refused as a whole, whichever of its columns
 * and days are asked for: what a query reads follows from more than the columns that it names, and an answer that depends on the
 * day asked for is worse than none.
 *
 * A statement that a person wrote may name the catalog's table where there is a view over renamed columns.
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
      const view = schema && session.readsView ? readName(schema) : name;
      const insteadOf = view !== name && !query && readsFrom(sql, name) ? view : undefined;
      return session.assertReadable?.(name, insteadOf);
    }),
  );
}
