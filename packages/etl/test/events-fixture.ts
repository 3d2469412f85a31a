import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { events } from './events-table.ts';

export { events };

export const header = 'event_time,event_type,product_id,brand,price,user_id,user_session';

/** CSV rows over `days` days from 1 October 2019, all different. */
export function rowsOfDays(count: number, days: number, offset = 0): string[] {
  const types = ['view', 'view', 'view', 'cart', 'remove_from_cart', 'purchase'];
  return Array.from({ length: count }, (_, index) => {
    const n = index + offset;
    const second = Math.floor((index * days * 86_400) / count);
    const time = new Date(Date.UTC(2019, 9, 1) + second * 1000).toISOString().slice(0, 19).replace('T', ' ');
    return `${time} UTC,${types[n % 6]},${1_000_000 + (n % 97)},${n % 7 ? `brand${n % 11}` : ''},${(n % 500) / 4},${2053013552326770905n + BigInt(n)},s${n % 13}`;
  });
}

/** A folder that goes when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-etl-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes lines as a file and gives its path. */
export async function writeLines(
  folder: string,
  name: string,
  lines: readonly string[],
  end = '\n',
): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, lines.join(end) + end);
  return path;
}

/** Every data file of a lake by its path, with its bytes in hex: what "the same lake" means. */
export async function lakeBytes(
  folder: string,
  table: string = events.name,
): Promise<Record<string, string>> {
  const entries = await readdir(join(folder, table), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(
    files
      .sort()
      .map(
        async (file): Promise<[string, string]> => [
          file.slice(folder.length),
          (await readFile(file)).toString('hex'),
        ],
      ),
  );
  return Object.fromEntries(contents);
}
