import { HeadwaterError, type TableSchema } from '@headwater/core';
import { assertLookups } from '@headwater/core/internal';
import type { LakeTarget } from '@headwater/storage';
import { findInputs } from '../input/find-inputs.ts';
import type { LookupFile } from './load-engine.ts';

/**
 * Finds the file of each lookup of a table, before anything is read.
 *
 * @param lookups a file or an object on S3 for each lookup, by its name
 * @param aws where the lake's tables are on AWS: its region, for objects in the lake's bucket
 * @throws HeadwaterError `LOOKUP_MISSING`, `INPUT_NOT_FOUND`; `OPTION_INVALID` for a name that is no lookup of the table, and for what is
 *   not one file
 */
export async function findLookups(
  schema: TableSchema,
  lookups: Readonly<Record<string, string>> = {},
  aws?: LakeTarget | undefined,
): Promise<LookupFile[]> {
  assertLookups(schema, Object.keys(lookups));
  return Promise.all(
    Object.entries(lookups).map(async ([name, path]): Promise<LookupFile> => {
      const { files } = await findInputs([path], { aws });
      const [file] = files;
      if (!file || files.length > 1 || file.isStream)
        throw new HeadwaterError('OPTION_INVALID', {
          option: 'lookup',
          value: `${name}=${path}`,
          expected: 'one file, which is no pipe',
        });
      return { name, file };
    }),
  );
}
