import { createHash, randomUUID } from 'node:crypto';
import { readLakeState } from '@headwater/core/internal';
import { openLakeStore } from '@headwater/storage';
import { events } from './events-table.ts';

/** A place for a lake of its own below a sandbox's. */
export const freshLake = (location: string): string => `${location}/${randomUUID().slice(0, 8)}`;

/** Every committed data file of a lake by day and content, in order: what "the same lake" means whatever files are named. */
export async function committedFiles(lake: string): Promise<string[]> {
  const { files } = await readLakeState(openLakeStore(lake), events.name);
  return files.map(({ day, hash, rows }) => `${day} ${hash} ${rows}`).sort();
}

/** Every file of a table's folders, by path, with the SHA-256 of its bytes: what engines that read folders see. */
export async function storedFiles(lake: string, ...folders: string[]): Promise<Record<string, string>> {
  const store = openLakeStore(lake);
  const found: [string, string][] = [];
  for (const folder of folders.length > 0 ? folders : [events.name, `${events.name}__quarantine`]) {
    for await (const { path } of store.walk(folder)) {
      const sum = createHash('sha256');
      for await (const chunk of store.read(path)) sum.update(chunk);
      found.push([path, sum.digest('hex')]);
    }
  }
  return Object.fromEntries(found.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** What is left of runs: uploads not finished, files in staging, files that no manifest lists. */
export async function remainsOf(lake: string): Promise<string[]> {
  const store = openLakeStore(lake);
  const { files, quarantineFiles } = await readLakeState(store, events.name);
  const listed = new Set([...files, ...quarantineFiles].map(({ path }) => path));
  const remains: string[] = [];
  for await (const { path } of store.unfinishedUploads('_headwater')) remains.push(`upload ${path}`);
  for (const folder of [events.name, `${events.name}__quarantine`, `_headwater/${events.name}/staging`])
    for await (const { path } of store.walk(folder)) if (!listed.has(path)) remains.push(path);
  return remains;
}
