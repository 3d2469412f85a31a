import { HeadwaterError } from '@headwater/core';
import { type LakeState, manifestPath, qualifiedName } from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';
import type { PresentTable } from './fit-postgres-table.ts';
import type { LoadRecords, LoadTarget } from './load-records.ts';

/**
 * Asserts that the rows of a table are those of earlier loads of this lake, or of a copy of it.
 *
 * @throws HeadwaterError `WAREHOUSE_DIVERGED` for rows that no load put there, for records without rows, and for another lake: one whose
 * commit of the recorded number is another one
 */
export async function assertSameLake(
  store: LakeStore,
  state: LakeState,
  present: PresentTable | undefined,
  { isKnown, sequence, runId, files }: LoadRecords,
  target: LoadTarget,
): Promise<void> {
  const name = qualifiedName(target.schema, target.table);
  const fail = (problem: string, fix: string): never => {
    throw new HeadwaterError('WAREHOUSE_DIVERGED', { target: name, problem, fix });
  };
  if (present === undefined) return;
  if (!isKnown && !present.isEmpty)
    fail('it holds rows that no load put there', 'Choose another schema for the table, or rename or drop it');
  const recorded = [...files.values()].reduce((sum, file) => sum + file.rows, 0);
  const rebuild = 'Load with rebuild to have the rows of this lake alone';
  if (present.isEmpty && recorded > 0) fail(`it is empty, and loads put ${recorded} rows there`, rebuild);
  if (sequence === 0) return;
  if (state.sequence < sequence)
    fail(
      `it holds the lake's commits up to ${sequence}, and ${store.location} has only ${state.sequence}`,
      `Load from the lake that it was loaded from, or a complete copy. ${rebuild}`,
    );
  const found = sequence === state.sequence ? state.runId : await runIdOf(store, state.table, sequence);
  if (found !== undefined && found !== runId)
    fail(
      `commit ${sequence} of ${store.location} is not the one that was loaded`,
      `Load from the lake that it was loaded from. ${rebuild}`,
    );
}

/** The run of a commit; undefined for a manifest that a repair replaced by later commits. */
async function runIdOf(store: LakeStore, table: string, sequence: number): Promise<string | undefined> {
  const path = manifestPath(table, sequence);
  if (!(await store.info(path))) return undefined;
  const { runId }: { readonly runId?: unknown } = JSON.parse(await store.readText(path));
  return String(runId);
}
