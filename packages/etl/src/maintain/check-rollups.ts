import { daySources, type LakeState, lastRollups, readRollups, validEntries } from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';
import { createXXHash128 } from 'hash-wasm';
import { parseDataPath } from '../lake/lake-paths.ts';
import { findRollupFiles } from '../rollup/remove-unlisted.ts';
import type { LakeProblem } from './lake-problem.ts';

/** The rollups of a table, compared with its files. */
export interface RollupCheck {
  readonly problems: readonly LakeProblem[];
  readonly notes: readonly string[];
}

/**
 * Checks the rollups of a table: each entry whose events are those of the lake has its file, of the size and with the content that its name
 * tells. An entry of other events is no problem, since nobody reads it.
 */
export async function checkRollups(
  store: LakeStore,
  lakeState: LakeState,
  signal?: AbortSignal,
): Promise<RollupCheck> {
  const { table } = lakeState;
  const [state, sequence] = [await readRollups(store, table), await lastRollups(store, table)];
  const refresh = `\`headwater lake rollups --refresh --lake ${store.location}\``;
  const notes: string[] = [];
  if (sequence > 0 && !state)
    notes.push(`the state of the rollups cannot be read, so that none is used: ${refresh} writes them anew`);
  const found = await findRollupFiles(store, table, { state, sequence, graceMs: 0 });
  const sources = daySources(lakeState.files);
  const problems: LakeProblem[] = [];
  let [all, valid] = [0, 0];
  for (const rollup of state?.rollups ?? []) {
    const entries = validEntries(rollup, sources);
    all += rollup.entries.length;
    valid += entries.length;
    for (const { path, bytes } of entries) {
      signal?.throwIfAborted();
      if (path === undefined) continue;
      const size = found.present.get(path);
      if (size === undefined) problems.push({ file: path, problem: 'is missing', fix: refresh });
      else if (size !== bytes)
        problems.push({ file: path, problem: `has ${size} bytes, not ${bytes}`, fix: refresh });
      else if (!(await hasItsContent(store, path)))
        problems.push({
          file: path,
          problem: 'its content is not what its name tells',
          fix: `Remove the file, then ${refresh}`,
        });
    }
  }
  if (all > valid)
    notes.push(
      `${all - valid} of ${all} entries of rollups are of earlier files: their days are computed from the events until ${refresh}`,
    );
  const unlisted = found.dead.length + found.pending.length;
  if (unlisted > 0) notes.push(`${unlisted} files of rollups are no longer used: a refresh removes them`);
  return { problems, notes };
}

async function hasItsContent(store: LakeStore, path: string): Promise<boolean> {
  const hasher = await createXXHash128();
  hasher.init();
  for await (const chunk of store.read(path)) hasher.update(chunk);
  return hasher.digest().slice(0, 16) === parseDataPath(path)?.hash;
}
