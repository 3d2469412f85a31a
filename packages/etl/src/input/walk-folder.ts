import type { Dirent, Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inputError } from './input-error.ts';
import type { InputFormat } from './input-file.ts';
import { isHidden, type LeftOutFile, whyLeftOut } from './why-left-out.ts';

/** What a folder holds. */
export interface FolderContent {
  readonly paths: readonly string[];
  readonly leftOut: readonly LeftOutFile[];
}

/**
 * Lists the files to load below a folder, in the order of their names: those with a known extension or, with `format`, those
 * without the extension of another format. Links are followed. All other files are left out, with the reason.
 *
 * @throws HeadwaterError `INPUT_UNREADABLE` for a folder that cannot be read
 */
export async function walkFolder(folder: string, format?: InputFormat): Promise<FolderContent> {
  const paths: string[] = [];
  const leftOut: LeftOutFile[] = [];
  const walk = async (place: string, above: readonly string[]): Promise<void> => {
    const entries = await readdir(place, { withFileTypes: true }).catch((cause: Error) => {
      throw inputError(place, cause);
    });
    for (const entry of entries.sort(byName)) {
      const path = join(place, entry.name);
      const info = await infoOf(entry, path);
      if (info?.isDirectory() && !isHidden(entry.name)) {
        const real = await realpath(path);
        if (above.includes(real)) leftOut.push({ source: path, why: 'it leads back to a folder above' });
        else await walk(path, [...above, real]);
        continue;
      }
      const why = whyEntryLeftOut(entry.name, info, format);
      if (why === undefined) paths.push(path);
      else leftOut.push({ source: path, why });
    }
  };
  await walk(folder, [await realpath(folder)]);
  return { paths: paths.sort(), leftOut };
}

const byName = (left: Dirent, right: Dirent): number => (left.name < right.name ? -1 : 1);

/** What an entry is, or what it links to; undefined for a link to nothing. */
async function infoOf(entry: Dirent, path: string): Promise<Dirent | Stats | undefined> {
  return entry.isSymbolicLink() ? stat(path).catch(() => undefined) : entry;
}

function whyEntryLeftOut(
  name: string,
  info: Dirent | Stats | undefined,
  format: InputFormat | undefined,
): string | undefined {
  if (info === undefined) return 'it is a link to nothing';
  if (!isHidden(name) && !info.isFile()) return 'it is not a file';
  return whyLeftOut(name, format);
}
