import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, link, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { LakeStore } from '../lake-store.ts';
import { makeFolder } from './make-folder.ts';

/** A lake in a local folder. */
export interface FolderStore extends LakeStore {
  readonly kind: 'folder';
  /** Absolute path of the lake, or of a path in it. */
  path(relative?: string): string;
  makeFolder(relative: string): Promise<void>;
  /** Moves a local file, which must be on the lake's own file system, into the lake. */
  take(localFile: string, path: string): Promise<void>;
  /** Removes a folder and its content. */
  removeFolder(relative: string): Promise<void>;
}

const hasCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));
const isMissing = (error: unknown): boolean => hasCode(error, 'ENOENT', 'ENOTDIR');

function unlessMissing<Fallback>(fallback: Fallback): (error: unknown) => Fallback {
  return (error) => {
    if (isMissing(error)) return fallback;
    throw error;
  };
}

/** Opens a lake in a folder. The first write creates the folder; a folder that does not exist is an empty lake. */
export function createFolderStore(folder: string): FolderStore {
  const root = resolve(folder);
  const path = (relative = ''): string => join(root, relative);
  /** Writes a file under a temporary name, syncs it to disk, gives it its final name, and syncs that too. */
  const publish = async (
    relative: string,
    write: (draft: string) => Promise<void>,
    name: (draft: string, file: string) => Promise<void>,
  ): Promise<void> => {
    const file = path(relative);
    const draft = `${file}.${randomUUID()}.draft`;
    const folders = await makeFolderOf(file);
    try {
      await write(draft);
      await synced(draft, 'r+');
      await name(draft, file);
      await lasting(folders);
    } finally {
      await rm(draft, { force: true });
    }
  };
  return {
    kind: 'folder',
    location: folder,
    path,
    async list(relative, after = '') {
      const entries = await readdir(path(relative), { withFileTypes: true }).catch(unlessMissing([]));
      return entries.filter((entry) => entry.isFile() && entry.name > after).map((entry) => entry.name);
    },
    readText: (relative) => readFile(path(relative), 'utf8'),
    async info(relative) {
      const found = await stat(path(relative)).catch(unlessMissing(undefined));
      return found?.isFile() ? { path: relative, bytes: found.size, modifiedAt: found.mtime } : undefined;
    },
    async folders(prefix) {
      const entries = await readdir(root, { withFileTypes: true }).catch(unlessMissing([]));
      return entries
        .filter((entry) => entry.isDirectory() && entry.name.startsWith(prefix))
        .map((entry) => entry.name);
    },
    async *walk(relative) {
      const entries = await readdir(path(relative), { withFileTypes: true, recursive: true }).catch(
        unlessMissing([]),
      );
      for (const entry of entries) {
        if (!entry.isFile()) continue;
        const file = join(entry.parentPath, entry.name);
        const found = await stat(file).catch(unlessMissing(undefined));
        const below = file.slice(root.length + 1).replaceAll('\\', '/');
        if (found) yield { path: below, bytes: found.size, modifiedAt: found.mtime };
      }
    },
    read(relative, range, signal) {
      const options = { highWaterMark: 1 << 20, ...(signal ? { signal } : {}) };
      const bounds = range ? { start: range.first, end: range.last ?? Number.POSITIVE_INFINITY } : {};
      return createReadStream(path(relative), { ...options, ...bounds });
    },
    async createText(relative, text) {
      try {
        // `link` fails if the file exists; `rename` would replace it.
        await publish(relative, (draft) => writeWhole(draft, text), link);
        return true;
      } catch (error) {
        if (hasCode(error, 'EEXIST')) return (await readFile(path(relative), 'utf8')) === text;
        throw error;
      }
    },
    replaceText: (relative, text) => publish(relative, (draft) => writeWhole(draft, text), rename),
    async put(relative, localFile, { onBytes }) {
      await publish(relative, (draft) => copyFile(localFile, draft), rename);
      onBytes?.((await stat(path(relative))).size);
    },
    copy: (from, to) => publish(to, (draft) => copyFile(path(from), draft), rename),
    async remove(paths) {
      for (const relative of paths) await rm(path(relative), { force: true });
    },
    async *unfinishedUploads() {},
    async makeFolder(relative) {
      await makeFolder(path(relative));
    },
    async take(localFile, relative) {
      const folders = await makeFolderOf(path(relative));
      await synced(localFile, 'r+');
      await rename(localFile, path(relative));
      await lasting(folders);
    },
    removeFolder: (relative) => rm(path(relative), { recursive: true, force: true }),
  };
}

async function writeWhole(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx');
  await handle.writeFile(text).finally(() => handle.close());
}

async function synced(file: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(file, flags);
  await handle.sync().finally(() => handle.close());
}

/** Makes the folder of a file. @returns the folder, and the folders above it that got a new entry */
async function makeFolderOf(file: string): Promise<readonly string[]> {
  const made = await makeFolder(dirname(file));
  return [...new Set([dirname(file), ...made.map((folder) => dirname(folder))])];
}

/** Syncs folders, so that names survive a power failure. Otherwise a manifest could survive without the files that it lists. */
async function lasting(folders: readonly string[]): Promise<void> {
  for (const folder of folders)
    await synced(folder, 'r').catch((error: unknown) => {
      // Windows and some network file systems cannot open folders. They sync names themselves.
      if (!hasCode(error, 'EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP')) throw error;
    });
}
