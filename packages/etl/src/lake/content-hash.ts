import { createReadStream } from 'node:fs';
import { createXXHash128 } from 'hash-wasm';

/** XXH3-128 of a file's bytes, in hex (https://xxhash.com): names a content, does not protect it from forgery. */
export async function contentHash(path: string): Promise<string> {
  const hasher = await createXXHash128();
  hasher.init();
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
    hasher.update(chunk as Buffer);
  return hasher.digest();
}
