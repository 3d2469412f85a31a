import type { S3Object, S3Objects } from '@headwater/storage';
import { dayOfDigits, timeDigits } from './day-folder.ts';

/** The part of a place that need not be listed again. */
export interface ListingBound {
  /** Folders of this UTC day and of later ones are listed, `YYYY-MM-DD`. */
  readonly from: string;
  /** Whether the folder of an earlier day, by its prefix with the slash at its end, need not be listed. */
  mayOmit(folder: string): boolean;
}

/** The folders of earlier days that were not listed. */
export interface Omitted {
  folders: number;
}

/**
 * Lists the objects below a prefix, all of them or from a day on. Only a folder whose name is a day, such as `dt=2026-11-27/` or
 * `2026/11/27/`, right below the prefix, is ever omitted; objects and folders with other names are listed. A place of a thousand
 * days takes one request, and one more for each thousand objects of the days that are listed.
 *
 * @param prefix a whole folder, or the beginning of names in one
 * @param omitted gets the number of folders that were not listed
 */
export async function* listPlace(
  bucket: S3Objects,
  prefix: string,
  bound: ListingBound | undefined,
  omitted: Omitted,
): AsyncIterable<S3Object> {
  if (!bound) {
    for await (const { objects } of bucket.list(prefix)) yield* objects;
    return;
  }
  yield* listLevel(bucket, prefix, '', bound, omitted);
}

async function* listLevel(
  bucket: S3Objects,
  prefix: string,
  above: string,
  bound: ListingBound,
  omitted: Omitted,
): AsyncIterable<S3Object> {
  for await (const { objects, folders } of bucket.list(prefix, { isOneLevel: true })) {
    yield* objects;
    for (const folder of folders) {
      const digits = timeDigits(above, folder.split('/').at(-2) ?? '') ?? '';
      const day = dayOfDigits(digits);
      if (day !== undefined && day < bound.from && bound.mayOmit(folder)) omitted.folders += 1;
      else if (digits.length === 4 || digits.length === 6)
        yield* listLevel(bucket, folder, digits, bound, omitted);
      else for await (const page of bucket.list(folder)) yield* page.objects;
    }
  }
}
