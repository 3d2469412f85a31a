import { watchedFile } from '@headwater/access';
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
export const accessFromFile = (file: string, now: () => number = Date.now): AccessSource =>
  watchedFile(file, (text) => parseAccess(text, file), { recheck, now });

/** Access by a text that does not change, such as a secret in the environment of a Lambda function. */
export function accessFromText(text: string, name: string): AccessSource {
  const access = parseAccess(text, name);
  return async () => access;
}
