import { HeadwaterError } from '@headwater/core';
import { fileChanges, fileMisfit } from '@headwater/core/internal';
import type { PartitionWork } from '../load-engine.ts';
import type { DuckdbRun } from './duckdb-engine.ts';

/**
 * Turns DuckDB's refusal to convert a committed value into the change that caused it; anything else is returned as it is.
 * DuckDB's message holds the value, which belongs in no message of ours.
 */
export function mergeErrorFrom(
  error: unknown,
  { schema, state, options }: Pick<DuckdbRun, 'schema' | 'state' | 'options'>,
  work: Pick<PartitionWork, 'folder' | 'existingFiles'>,
): unknown {
  if (!(error instanceof Error) || !/^(Conversion|Invalid Input) Error/.test(error.message)) return error;
  const { lake } = options;
  const addedBy = new Map(work.existingFiles.map(({ path }) => [path, state.addedBy.get(path) ?? 0]));
  const misfits = fileChanges(schema, { ...state, addedBy })
    .filter(({ verdicts }) => verdicts.duckdb.verdict === 'incompatible')
    .flatMap((change) =>
      fileMisfit(change, `${work.folder} holds values that do not fit it, so take the change back`),
    );
  return misfits.length === 0
    ? error
    : new HeadwaterError('SCHEMA_INCOMPATIBLE', { table: schema.name, lake, misfits }, { cause: error });
}
