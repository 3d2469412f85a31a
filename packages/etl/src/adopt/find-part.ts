import { isHeadwaterError } from '@headwater/core';
import type { LakeTarget } from '@headwater/storage';
import { type FoundInputs, findInputs } from '../input/find-inputs.ts';
import { type LandingPart, landingParts } from './landing-part.ts';

/** Where the parts of a landing folder are looked for. */
export interface FindPartOptions {
  /** The landing folder, with a slash at its end. */
  readonly landing: string;
  /** The part that everything below the landing folder is. Absent: by its folders. */
  readonly as: LandingPart | undefined;
  readonly lake: string;
  readonly aws: LakeTarget | undefined;
}

/** The files of a part. Undefined where the landing folder has none. */
export async function findPart(
  part: LandingPart,
  { landing, as, lake, aws }: FindPartOptions,
): Promise<FoundInputs | undefined> {
  const { folder, format, has } = landingParts[part];
  const place = as === undefined ? `${landing}${folder}/` : landing;
  const found = await foundIn(place, () =>
    // The folders of a landing folder are never the lake's, even where it is inside of the lake.
    findInputs([place], { format, aws, ...(as === undefined ? {} : { lake }) }),
  );
  if (!found) return undefined;
  const files = found.files
    .filter(({ path }) => as !== undefined || has(path.slice(path.indexOf(place) + place.length)))
    .map((file) => (format === 'jsonl' ? { ...file, isErrors: true } : file));
  return files.length === 0 ? undefined : { ...found, files };
}

async function foundIn(place: string, find: () => Promise<FoundInputs>): Promise<FoundInputs | undefined> {
  try {
    return await find();
  } catch (error) {
    if (isHeadwaterError(error, 'INPUT_NOT_FOUND') && error.payload.input === place) return undefined;
    throw error;
  }
}
