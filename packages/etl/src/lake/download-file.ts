import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HeadwaterError } from '@headwater/core';
import type { DataFile } from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';
import { createXXHash128 } from 'hash-wasm';

/** How often an interrupted transfer is resumed. */
const resumptions = 3;

/**
 * Copies a committed file to this machine and checks its content against the committed hash. The local file appears complete
 * or not at all.
 *
 * @throws HeadwaterError `LAKE_CORRUPT` when the content differs
 */
export async function downloadFile(
  store: LakeStore,
  file: DataFile,
  to: string,
  { signal, onBytes }: { signal?: AbortSignal | undefined; onBytes?: (bytes: number) => void } = {},
): Promise<void> {
  const hasher = await createXXHash128();
  hasher.init();
  const draft = `${to}.${randomUUID()}.draft`;
  await mkdir(dirname(to), { recursive: true });
  const handle = await open(draft, 'wx');
  let bytes = 0;
  try {
    for (let attempt = 0; bytes < file.bytes; attempt += 1) {
      try {
        for await (const chunk of store.read(file.path, { first: bytes }, signal)) {
          await handle.write(chunk);
          hasher.update(chunk);
          bytes += chunk.length;
          onBytes?.(chunk.length);
        }
        // The hash shows whether the file ended where it should.
        break;
      } catch (error) {
        if (attempt === resumptions || signal?.aborted) throw error;
      }
    }
    const hash = hasher.digest();
    if (hash !== file.hash) {
      const [table = ''] = file.path.split('/');
      const problem = `its content is not what was committed (${hash}, not ${file.hash})`;
      throw new HeadwaterError('LAKE_CORRUPT', { lake: store.location, table, file: file.path, problem });
    }
    await handle.close();
    await rename(draft, to);
  } finally {
    await handle.close();
    await rm(draft, { force: true });
  }
}
