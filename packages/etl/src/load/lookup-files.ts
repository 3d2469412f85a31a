import { HeadwaterError, type TableSchema } from '@headwater/core';
import { assertLookups } from '@headwater/core/internal';
import { findInputs } from '../input/find-inputs.ts';
import type { LookupFile } from './load-engine.ts';

/**
 * Finds the file of each lookup of a table, before anything is read.
 *
 * @param lookups a file for each lookup, by its name
 * @throws HeadwaterError `LOOKUP_MISSING`, `INPUT_NOT_FOUND`; `OPTION_INVALID` for a name that is no lookup of the table, and for what is
 *   not one file
 */
export async function findLookups(
  schema: TableSchema,
  lookups: Readonly<Record<string, string>> = {},
): Promise<LookupFile[]> {
  assertLookups(schema, Object.keys(lookups));
  return Promise.all(
    Object.entries(lookups).map(async ([name, path]): Promise<LookupFile> => {
      const { files } = await findInputs([path]);
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
