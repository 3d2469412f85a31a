import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import { download } from './download.ts';
import type { PinnedFile } from './pinned-file.ts';

/** Hive's JSON SerDe, which Spark's package lacks. It is of the Hive that Spark 3.5.6 has. */
const jar: PinnedFile = {
  url: 'https://repo.maven.apache.org/maven2/org/apache/hive/hcatalog/hive-hcatalog-core/2.3.9/hive-hcatalog-core-2.3.9.jar',
  sha256: '24fa64f383a5e383de368a43e616c001d3145349c434d31e29b08c4d6eb4824a',
  bytes: 265_922,
};

/**
 * Downloads the jar of Hive's JSON SerDe, if it is missing.
 *
 * @returns its path
 * @throws SetupError
 */
export async function installHiveHcatalog(): Promise<string> {
  const path = join(cacheFolder(), 'engines', 'hive-hcatalog-2.3.9', basename(jar.url));
  if (!existsSync(path)) await download(jar, path);
  return path;
}
