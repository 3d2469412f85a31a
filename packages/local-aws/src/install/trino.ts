import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import { download } from './download.ts';
import type { PinnedFile } from './pinned-file.ts';
import { runTool } from './run-tool.ts';

/** The latest version on Maven Central. It is close to Athena engine version 3, and needs Java 24 or later. */
const version = '476';
const maven = 'https://repo.maven.apache.org/maven2/io/trino';

// The server without plugins and the one plugin that is used are 450 MB; the whole distribution is 821 MB.
const server: PinnedFile = {
  url: `${maven}/trino-server-core/${version}/trino-server-core-${version}.tar.gz`,
  sha256: '0f388f9967c177ae70a47c099082fc95387f0c3cb96d8000d1d41fc3a5223158',
  bytes: 194_358_953,
};
const hive: PinnedFile = {
  url: `${maven}/trino-hive/${version}/trino-hive-${version}.zip`,
  sha256: '611bacdb07d9f3cf7b9d47f97ecc76fa2e7ff8bfe8a9728c3d06adc1bfb8662e',
  bytes: 258_326_133,
};

/** The Java versions that Trino runs on. */
export const trinoJava = { from: 24, to: 99 };

/** The folder of Trino. */
export function trinoFolder(): string {
  return join(cacheFolder(), 'engines', `trino-${version}`);
}

/**
 * Downloads and unpacks Trino with its Hive plugin if it is missing. The folder appears complete or not at all.
 *
 * @param python any Python 3; it unpacks the zip archive, which tar cannot
 * @throws SetupError
 */
export async function installTrino(python: string): Promise<void> {
  if (existsSync(trinoFolder())) return;
  const downloads = join(cacheFolder(), 'downloads');
  const archive = (file: PinnedFile): string => join(downloads, basename(file.url));
  for (const file of [server, hive]) {
    if (!existsSync(archive(file))) await download(file, archive(file));
  }
  const unpacked = `${trinoFolder()}.unpacking`;
  await rm(unpacked, { recursive: true, force: true });
  await mkdir(join(unpacked, 'plugin'), { recursive: true });
  const remedy = 'Is the disk full? Trino takes 0.6 GB, and 1 GB while it is unpacked';
  await runTool(
    'tar',
    [
      '-xzf',
      archive(server),
      '-C',
      unpacked,
      '--strip-components=1',
      '--exclude=*/plugin/*',
      '--exclude=*/bin/*',
    ],
    remedy,
  );
  await runTool(python, ['-m', 'zipfile', '-e', archive(hive), join(unpacked, 'plugin')], remedy);
  await rename(join(unpacked, 'plugin', `trino-hive-${version}`), join(unpacked, 'plugin', 'hive'));
  await rename(unpacked, trinoFolder());
  for (const file of [server, hive]) await rm(archive(file));
}
