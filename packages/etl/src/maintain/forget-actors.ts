import { HeadwaterError } from '@headwater/core';
import {
  quarantineName,
  readLakeHistory,
  rollupFolderPrefix,
  schemaFingerprint,
  stagingPath,
} from '@headwater/core/internal';
import { answersFolder, isS3Location, objectVersions, openLakeStore } from '@headwater/storage';
import { removeAbandoned } from '../lake/scratch-folder.ts';
import { addTraffic, type StoreTraffic } from '../lake/store-traffic.ts';
import type { WriteRun } from '../lake/write-run.ts';
import { type RemovedRollups, removeOutdated } from '../rollup/remove-outdated.ts';
import { emptyAnswerFolders } from './answer-folders.ts';
import { type ErasurePass, erasureOnce, type Searched } from './erasure.ts';
import type { ForgetOptions, ForgetReport } from './forget-report.ts';
import { namedInputs } from './named-inputs.ts';
import { notReached } from './not-reached.ts';
import { settleLeftovers } from './settle-leftovers.ts';

/** Bytes of replaced files in one commit on S3, as in a compaction. */
const sliceBytes = 1_000_000_000;

/**
 * Erases the rows of actors from a lake, its quarantine, its rollups, and the caches of this machine. Files that hold such rows are written again without
 * them, with the other rows in their order, and deleted. A run that is killed leaves the lake before or after a commit; run it again.
 *
 * The erasure ends when a look at the current commit finds no file with such rows that was not searched, whatever others committed
 * meanwhile. On S3 every few days are a commit of their own, as in a compaction.
 *
 * A row of the lake is found by the column with the role `actor`. A quarantined row is found by its actor's text, cleaned as a load cleans
 * it; where the actor is unknown, as in a line that could not be split, by an id as a whole word of its text.
 *
 * Inputs stay known, so loading the same file again is skipped and brings nobody back.
 *
 * @throws HeadwaterError `ROLE_MISSING` when the table has no actor, `OPTION_INVALID` for an id that is no value of the column,
 *   `LAKE_NOT_FOUND`, `SCHEMA_INCOMPATIBLE` when rewriting would lose values that are not allowed to be lost, `FILES_NOT_REMOVED` when
 *   files on S3 stay
 */
export const forgetActors = (options: ForgetOptions): Promise<ForgetReport> =>
  forgetInSlices(options, sliceBytes);

/** Erases the rows of actors, on S3 with a commit for every `sliceBytes` of replaced files. A slice has at least one folder. */
export async function forgetInSlices(options: ForgetOptions, sliceBytes: number): Promise<ForgetReport> {
  const started = new Date();
  const { table, lake, actors, aws, dryRun = false } = options;
  const { schema } = table;
  assertActors(options);
  const searched: Searched = { rows: new Map(), quarantine: new Map() };
  const passes: ErasurePass[] = [];
  let settled: Settled = { files: 0, unsettled: [] };
  let last: ErasurePass;
  do {
    last = await erasureOnce(options, searched, sliceBytes, async (run) => {
      settled = await settle(run);
    });
    passes.push(last);
  } while (last.isCommitted);
  const answers = dryRun ? 0 : await emptyAnswerFolders(options.answerFolders ?? [answersFolder()]);
  const store = openLakeStore(lake, { aws });
  const rollups: RemovedRollups = dryRun
    ? { entries: 0, files: 0, unsettled: [] }
    : await removeOutdated(options, schema.name);
  const folders = [schema.name, quarantineName(schema.name), stagingPath(schema.name)];
  folders.push(...(await store.folders(rollupFolderPrefix(schema.name))));
  const versions = isS3Location(lake) ? await objectVersions(lake, folders, { aws }) : null;
  const temporary = await removeAbandoned();
  const counted = dryRun ? passes : passes.filter(({ isCommitted }) => isCommitted);
  const sum = (key: 'rows' | 'byActor' | 'byText' | 'removed' | 'written'): number =>
    counted.reduce((total, pass) => total + pass[key], 0);
  const history = await readLakeHistory(store, schema.name);
  const runIds = new Set(passes.map(({ runId }) => runId));
  const finished = new Date();
  return {
    runId: passes[0]?.runId ?? '',
    table: schema.name,
    lake,
    dryRun,
    actors: actors.length,
    startedAt: started.toISOString(),
    finishedAt: finished.toISOString(),
    fingerprint: schemaFingerprint(schema),
    sequence: last.sequence,
    commits: history.filter(({ runId }) => runIds.has(runId)).map(({ sequence }) => sequence),
    rows: sum('rows'),
    days: new Set(counted.flatMap(({ days }) => [...days])).size,
    quarantined: { byActor: sum('byActor'), byText: sum('byText') },
    files: {
      searched: searched.rows.size + searched.quarantine.size - sum('written'),
      removed: sum('removed'),
      written: sum('written'),
    },
    caches: { files: settled.files, answers },
    rollups: { entries: rollups.entries, files: rollups.files },
    unsettled: [...settled.unsettled, ...rollups.unsettled],
    namedIn: namedInputs(history, last.texts),
    otherPersonalColumns: schema.columns.flatMap(({ name, pii }) =>
      pii !== 'none' && name !== schema.roles.actor ? [`${name} (${pii})`] : [],
    ),
    versions,
    notReached: notReached(store.kind, versions, temporary, schema),
    traffic: passes.reduce<StoreTraffic | null>((total, pass) => addTraffic(total, pass.traffic), null),
    seconds: (finished.getTime() - started.getTime()) / 1000,
  };
}

function assertActors({ table: { schema }, actors }: ForgetOptions): void {
  if (schema.roles.actor === undefined)
    throw new HeadwaterError('ROLE_MISSING', { table: schema.name, needs: ['actor'], missing: ['actor'] });
  if (actors.length === 0)
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'actor',
      value: '(none)',
      expected: 'the id of at least one actor',
    });
}

interface Settled {
  /** Downloaded files that were removed. */
  readonly files: number;
  readonly unsettled: readonly string[];
}

/** Removes what earlier commits replaced, from the lake and from this machine. */
async function settle({ store, state, keepCached }: WriteRun): Promise<Settled> {
  const unsettled = await settleLeftovers(store, state);
  const files = await keepCached([...state.files, ...state.quarantineFiles]);
  return { files, unsettled };
}
