import type { PartitionWork } from '../load-engine.ts';
import { mergeMisfits } from '../merge-misfits.ts';
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
  const addedBy = new Map(work.existingFiles.map(({ path }) => [path, state.addedBy.get(path) ?? 0]));
  return mergeMisfits({ schema, state: { ...state, addedBy }, options }, work.folder, error) ?? error;
}
