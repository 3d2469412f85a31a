import { join } from 'node:path';
import { type ManifestLookup, quoteText } from '@headwater/core/internal';
import { openDuckdbSession } from '../../engine/duckdb-session.ts';
import type { EngineLimits } from '../../engine/engine-limits.ts';
import type { LookupFile } from '../load-engine.ts';
import type { StagingRun } from './duckdb-engine.ts';
import { loadLookups } from './load-lookups.ts';
import { lookupTableName } from './loaded-lookup.ts';
import { createStagingTables } from './staging-table.ts';

/** A lookup in a Parquet file of its own. */
export interface ExportedLookup extends Omit<ManifestLookup, 'unmatched'> {
  /** The path of the file: `k` the text of the key, each once; `c0, c1, ...` the texts of its other columns. */
  readonly at: string;
}

/** The load that lookups are for, and where files of it go. */
interface ExportRun extends Pick<StagingRun, 'schema' | 'staged'> {
  readonly options: StagingRun['options'] & EngineLimits;
}

/**
 * Reads the files of lookups, and writes their rows for an engine that works in another process.
 *
 * @param folder where the files go; it exists
 * @throws HeadwaterError `LOOKUP_INVALID`, `INPUT_*`
 */
export async function exportLookups(
  { schema, staged, options }: ExportRun,
  files: readonly LookupFile[],
  folder: string,
): Promise<ExportedLookup[]> {
  const session = await openDuckdbSession(staged('spill'), options);
  try {
    const connection = await session.connect();
    await connection.run(createStagingTables(schema));
    const run: StagingRun = { connection, schema, staged, options, inputs: [], lookups: [] };
    await loadLookups(run, files);
    const exported: ExportedLookup[] = [];
    for (const [index, { name, source, hash, rows }] of run.lookups.entries()) {
      const at = join(folder, `lookup-${index}.parquet`);
      // In the order of the keys: a file's content, which names its copy on S3, follows from the rows alone.
      await connection.run(
        `COPY (SELECT * REPLACE (k::VARCHAR AS k) FROM ${lookupTableName(name)} ORDER BY k) TO ${quoteText(at)} (FORMAT parquet)`,
      );
      exported.push({ name, source, hash, rows, at });
    }
    return exported;
  } finally {
    session.close();
  }
}
