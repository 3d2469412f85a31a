import { link } from 'node:fs/promises';
import { HeadwaterError, type Manifest, manifestFolder, manifestPath } from '@headwater/core';
import { stagingFolder } from './lake-paths.ts';
import type { LocalLake } from './local-lake.ts';

/**
 * Commits: writes the manifest beside the lake and gives it its name in one step. `link` fails when the name is taken,
 * so of two writers that both believe they are next, one wins.
 */
export async function commitManifest(lake: LocalLake, manifest: Manifest): Promise<void> {
  const draft = `${stagingFolder(manifest.table, manifest.runId)}/manifest.json`;
  const final = manifestPath(manifest.table, manifest.sequence);
  await lake.makeFolder(manifestFolder(manifest.table));
  await lake.writeText(draft, `${JSON.stringify(manifest, null, 2)}\n`);
  try {
    await link(lake.path(draft), lake.path(final));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    const holder = `a run that committed ${final} first`;
    throw new HeadwaterError(
      'LAKE_BUSY',
      { lake: lake.location, table: manifest.table, holder, waitedSeconds: 0 },
      { cause },
    );
  }
}
