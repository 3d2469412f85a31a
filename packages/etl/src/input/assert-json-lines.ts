import { HeadwaterError } from '@headwater/core';
import type { InputFile } from './input-file.ts';

/**
 * Refuses a document that is one JSON array: each of its lines would be a broken row.
 *
 * @param firstLine as it stands in the file, unpacked
 * @throws HeadwaterError `INPUT_UNREADABLE` saying how to make lines of it
 */
export function assertJsonLines({ source }: InputFile, firstLine: string): void {
  if (!/^\ufeff?\s*\[\s*(\{|$)/.test(firstLine)) return;
  const problem =
    "it is one JSON array, where each line should be an object: make lines of it, as `jq -c '.[]'` does";
  throw new HeadwaterError('INPUT_UNREADABLE', { file: source, problem });
}
