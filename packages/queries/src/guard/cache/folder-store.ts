import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { byteSize } from '@headwater/core/internal';
import type { ResultStore } from './result-cache.ts';

/** The options of {@link folderStore}. */
export interface FolderStoreOptions {
  /** Maximum size of the folder; the least recently used answers are removed first. Defaults to `256 MB`. */
  readonly maxBytes?: string | number;
}

/** Maximum number of answers: every file is checked whenever one is added. */
const mostAnswers = 1000;
const digestBytes = 32;

/**
 * Keeps answers in a folder of this machine, for processes that come and go. Answers contain rows of the lake, so only the
 * user who created the folder can read it. Each file begins with the hash of its content, so a truncated file is ignored.
 *
 * @example resultCache({ store: folderStore('/var/cache/shop', { maxBytes: '1 GB' }) })
 */
export function folderStore(folder: string, options: FolderStoreOptions = {}): ResultStore {
  const maxBytes = byteSize('maxBytes', options.maxBytes ?? '256 MB');
  return {
    async get(key) {
      const path = join(folder, key);
      const bytes = await readFile(path).catch(() => undefined);
      if (!bytes) return undefined;
      const content = bytes.subarray(digestBytes);
      if (!digestOf(content).equals(bytes.subarray(0, digestBytes))) return undefined;
      const now = new Date();
      // Another process may have removed it meanwhile.
      await utimes(path, now, now).catch(() => undefined);
      return content;
    },
    async set(key, content) {
      const draft = join(folder, `${key}.${randomUUID()}.draft`);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      try {
        await writeFile(draft, Buffer.concat([digestOf(content), content]), { mode: 0o600 });
        await rename(draft, join(folder, key));
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
      await trim(folder, maxBytes);
    },
  };
}

const digestOf = (content: Uint8Array): Buffer => createHash('sha256').update(content).digest();

async function trim(folder: string, maxBytes: number): Promise<void> {
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => {
      const path = join(folder, name);
      const found = await stat(path).catch(() => undefined);
      return { path, bytes: found?.size ?? 0, used: found?.mtimeMs ?? 0 };
    }),
  );
  let bytes = 0;
  const old = files
    .sort((left, right) => right.used - left.used)
    .filter((file, index) => {
      bytes += file.bytes;
      return bytes > maxBytes || index >= mostAnswers;
    });
  for (const { path } of old) await rm(path, { force: true });
}
