import type { LakeState, ManifestInput } from '@headwater/core/internal';
import type { InputFile } from '../input/input-file.ts';
import { manifestObject } from '../input/input-object.ts';
import type { StagedInput } from './load-engine.ts';

/**
 * Finds the input by which an object was loaded before, so that it need not be read again. It has the same key, ETag, size and time, and the
 * same version where both are known. Two contents of one key never have the same ETag, whatever it is made of
 * (https://www.rfc-editor.org/rfc/rfc9110#section-8.8.1); ETags of different keys say nothing about each other.
 *
 * @param sourceName the source of the table that the inputs are read as
 */
export function knownObjects(
  { inputs }: LakeState,
  sourceName: string | undefined,
): (file: InputFile) => ManifestInput | undefined {
  let bySource: Map<string, ManifestInput[]> | undefined;
  return ({ source, object }) => {
    if (!object) return undefined;
    bySource ??= Map.groupBy(
      [...inputs.values()].filter((input) => input.object && input.sourceName === sourceName),
      (input) => input.source,
    );
    const { etag, lastModified, versionId } = manifestObject(object);
    return bySource
      .get(source)
      ?.find(
        ({ bytes, object: known }) =>
          bytes === object.bytes &&
          known?.etag === etag &&
          known.lastModified === lastModified &&
          (versionId === undefined || known.versionId === undefined || known.versionId === versionId),
      );
  };
}

/** The report's part of an object that was loaded before. */
export const skippedObject = ({ source }: InputFile, { hash, bytes }: ManifestInput): StagedInput => ({
  ...{ source, hash, bytes, skipped: true, isEmpty: false },
  ...{ rows: 0, accepted: 0, rejected: 0, filtered: 0 },
  gap: { unread: [], repeated: [], absent: [] },
});
