import { readFile, stat } from 'node:fs/promises';

/** How a file is watched. */
export interface WatchedFileOptions {
  /** Milliseconds for which a change may go unseen. Defaults to 0: each call looks at the file. */
  readonly recheck?: number | undefined;
  /** Milliseconds since 1970. Defaults to the machine's clock. */
  readonly now?: (() => number) | undefined;
}

/**
 * What a file says, as of now. It is read again when it has changed, so that a token is revoked without a restart. While it cannot be
 * read, every call fails: what it said before may have a token that was revoked meanwhile.
 *
 * @param parse reads the text
 * @returns rejects with what reading the file or `parse` fails with
 */
export function watchedFile<Content>(
  file: string,
  parse: (text: string) => Content,
  { recheck = 0, now = Date.now }: WatchedFileOptions = {},
): () => Promise<Content> {
  let known: { readonly version: string; readonly content: Content } | undefined;
  let checked = Number.NEGATIVE_INFINITY;
  return async () => {
    if (known && now() - checked < recheck) return known.content;
    const looked = now();
    try {
      const { mtimeMs, size, ino } = await stat(file);
      const version = [mtimeMs, size, ino].join();
      if (known?.version !== version) known = { version, content: parse(await readFile(file, 'utf8')) };
      checked = looked;
      return known.content;
    } catch (error) {
      known = undefined;
      throw error;
    }
  };
}
