import { readFile, stat } from 'node:fs/promises';
import { type Access, parseAccess } from './access-file.ts';

/** Gives who may ask, as of now. */
export type AccessSource = () => Promise<Access>;

/** How long a change of the file may go unseen, in milliseconds. */
const recheck = 1000;

/**
 * Access by a file, which is read again when it changes, so that a token is revoked without a restart. When the file cannot be read,
 * nobody has access: an old list could have a token that was revoked meanwhile.
 *
 * @throws HeadwaterError `CONFIG_INVALID`, and what reading a file fails with, at each call
 */
export function accessFromFile(file: string, now: () => number = Date.now): AccessSource {
  let known: { readonly version: string; readonly access: Access } | undefined;
  let checked = Number.NEGATIVE_INFINITY;
  return async () => {
    if (known && now() - checked < recheck) return known.access;
    const { mtimeMs, size, ino } = await stat(file);
    const version = [mtimeMs, size, ino].join();
    if (known?.version !== version) {
      known = undefined;
      known = { version, access: parseAccess(await readFile(file, 'utf8'), file) };
    }
    checked = now();
    return known.access;
  };
}

/** Access by a text that does not change, such as a secret in the environment of a Lambda function. */
export function accessFromText(text: string, name: string): AccessSource {
  const access = parseAccess(text, name);
  return async () => access;
}
