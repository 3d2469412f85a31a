import { join } from 'node:path';
import { type ManifestLookup, quoteText } from '@headwater/core/internal';
import type { WriteRun } from '../../lake/write-run.ts';
import type { LookupFile } from '../load-engine.ts';
import { openDuckdbRun } from './duckdb-engine.ts';
import { loadLookups } from './load-lookups.ts';
import { lookupTableName } from './loaded-lookup.ts';

/** A lookup in a Parquet file of its own. */
export interface ExportedLookup extends Omit<ManifestLookup, 'unmatched'> {
  /** The path of the file: `k` the text of the key, each once; `c0, c1, ...` the texts of its other columns. */
  readonly at: string;
}

/**
 * Reads the files of lookups, and writes their rows for an engine that works in another process.
 *
 * @param folder where the files go; it exists
 * @throws HeadwaterError `LOOKUP_INVALID`, `INPUT_*`
 */
export async function exportLookups(
  run: WriteRun,
  files: readonly LookupFile[],
  folder: string,
): Promise<ExportedLookup[]> {
  const context = await openDuckdbRun(run);
  try {
    await loadLookups(context, files);
    const exported: ExportedLookup[] = [];
    for (const [index, { name, source, hash, rows }] of context.lookups.entries()) {
      const at = join(folder, `lookup-${index}.parquet`);
      await context.connection.run(
        `COPY (SELECT * REPLACE (k::VARCHAR AS k) FROM ${lookupTableName(name)}) TO ${quoteText(at)} (FORMAT parquet)`,
      );
      exported.push({ name, source, hash, rows, at });
    }
    return exported;
  } finally {
    context.session.close();
  }
}
