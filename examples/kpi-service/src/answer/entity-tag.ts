import { createHash } from 'node:crypto';

/** What an answer follows from. */
export interface TagParts {
  readonly tenant: string;
  /** The key of the answer over the present files. */
  readonly key: string;
  readonly format: string;
}

/** The entity tag of an answer: another one for each tenant, question, form, and state of the days that are read. */
export const entityTag = ({ tenant, key, format }: TagParts): string =>
  `"${createHash('sha256')
    .update(JSON.stringify([tenant, key, format]))
    .digest('base64url')}"`;

/** Whether a client has the answer already (https://www.rfc-editor.org/rfc/rfc9110#name-if-none-match). */
export function isKnown(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((one) => [tag, `W/${tag}`, '*'].includes(one.trim()));
}
