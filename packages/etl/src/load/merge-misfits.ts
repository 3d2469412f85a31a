import { HeadwaterError } from '@headwater/core';
import { fileChanges, fileMisfit } from '@headwater/core/internal';
import type { WriteRun } from '../lake/write-run.ts';

/**
 * The error of a load that met a committed value which the definition no longer takes: it names the changes that may have caused it.
 *
 * @param place what holds the value, such as a folder of the lake
 * @param options `fix`: what to do about it, after the words `holds values that do not fit it, so`
 * @returns undefined when no change of the definition explains it
 */
export function mergeMisfits(
  { schema, state, options: { lake } }: Pick<WriteRun, 'schema' | 'state' | 'options'>,
  place: string,
  cause: unknown,
  { fix = 'take the change back' }: { readonly fix?: string } = {},
): HeadwaterError<'SCHEMA_INCOMPATIBLE'> | undefined {
  const misfits = fileChanges(schema, state)
    .filter(({ verdicts }) => verdicts.duckdb.verdict === 'incompatible')
    .flatMap((change) => fileMisfit(change, `${place} holds values that do not fit it, so ${fix}`));
  return misfits.length === 0
    ? undefined
    : new HeadwaterError('SCHEMA_INCOMPATIBLE', { table: schema.name, lake, misfits }, { cause });
}
