import {
  checkpointPath,
  checkpointText,
  type DamagedLake,
  type DataFile,
  emptyLakeState,
  foldManifests,
  headwaterVersion,
  type LakeState,
  type ManifestSchema,
  manifestSchemaOf,
  readLakeHistory,
  schemaAt,
} from '@headwater/core/internal';
import { createManifest } from '../lake/commit-manifest.ts';
import type { CommitParts, WriteRun } from '../lake/write-run.ts';

/** What a lost commit did, as far as it is known. */
type LostCommit = Pick<CommitParts, 'inputs' | 'forgotten' | 'inputsUnknown'> & {
  readonly allowed?: readonly string[];
  readonly added: readonly DataFile[];
  readonly removed: readonly DataFile[];
  readonly quarantineAdded: readonly DataFile[];
  readonly quarantineRemoved: readonly DataFile[];
};

const nothing: LostCommit = {
  inputs: [],
  added: [],
  removed: [],
  quarantineAdded: [],
  quarantineRemoved: [],
};

/**
 * Creates manifests in the places of those that are missing before later ones, so that the history can be read again. Where a
 * later checkpoint knows what the lost commits did, the new manifests say it again. The others change nothing, and say that
 * their inputs are unknown; so the files of those commits have to be listed before.
 */
export async function replaceManifests(run: WriteRun, damaged: DamagedLake): Promise<void> {
  const { schema, store, id, startedAt } = run;
  const { missing, checkpoint } = damaged;
  const covered = missing.filter((sequence) => sequence <= (checkpoint?.sequence ?? 0));
  for (const sequence of missing) {
    const { added, removed, quarantineAdded, quarantineRemoved, ...commit } =
      checkpoint && covered.includes(sequence)
        ? fromCheckpoint(damaged, checkpoint, sequence, sequence === covered.at(-1))
        : { ...nothing, inputsUnknown: true };
    const rowsOut = Math.max(0, rowsOf(added) - rowsOf(removed));
    const quarantined = Math.max(0, rowsOf(quarantineAdded) - rowsOf(quarantineRemoved));
    const { allowed = [], forgotten = [], inputsUnknown, inputs } = commit;
    // Not created when somebody has restored the manifest meanwhile, which is better still.
    await createManifest(store, {
      version: 1,
      table: schema.name,
      sequence,
      runId: id,
      operation: 'repair',
      startedAt: startedAt.toISOString(),
      seconds: (Date.now() - startedAt.getTime()) / 1000,
      headwater: headwaterVersion,
      schema: schemaOf(run, damaged, sequence),
      ...(allowed.length > 0 ? { allowed: [...allowed] } : {}),
      inputs,
      ...{ rowsIn: rowsOut + quarantined, rowsOut, duplicates: 0, quarantined },
      reasons: {},
      added: [...added],
      removed: pathsOf(removed),
      quarantineAdded: [...quarantineAdded],
      quarantineRemoved: pathsOf(quarantineRemoved),
      ...(forgotten.length > 0 ? { forgotten: [...forgotten] } : {}),
      ...(inputsUnknown ? { inputsUnknown } : {}),
    });
  }
  await renewCheckpoint(run);
}

/**
 * What a lost commit did, by the state of a later checkpoint.
 *
 * @param isLast whether it is the last one that the checkpoint knows: it gets what cannot be told apart
 */
function fromCheckpoint(
  { manifests }: DamagedLake,
  checkpoint: LakeState,
  sequence: number,
  isLast: boolean,
): LostCommit {
  const common = {
    added: checkpoint.files.filter(({ path }) => checkpoint.addedBy.get(path) === sequence),
    allowed: [...checkpoint.allowed].filter(([, commit]) => commit === sequence).map(([change]) => change),
    inputsUnknown: checkpoint.inputsUnknownAt === sequence,
  };
  if (!isLast) return { ...nothing, ...common };
  const known = foldManifests(
    emptyLakeState(checkpoint.table),
    manifests.filter((one) => one.sequence <= checkpoint.sequence),
  );
  return {
    ...common,
    inputs: [...checkpoint.inputs.values()].filter(({ hash }) => !known.inputs.has(hash)),
    forgotten: [...known.inputs.keys()].filter((hash) => !checkpoint.inputs.has(hash)),
    removed: without(known.files, checkpoint.files),
    quarantineAdded: without(checkpoint.quarantineFiles, known.quarantineFiles),
    quarantineRemoved: without(known.quarantineFiles, checkpoint.quarantineFiles),
  };
}

/** The definition of a lost commit. Where no checkpoint has it, that of its neighbour, which says nothing new. */
function schemaOf(
  { schema }: WriteRun,
  { checkpoint, manifests }: DamagedLake,
  sequence: number,
): ManifestSchema {
  const span = checkpoint && sequence <= checkpoint.sequence ? schemaAt(checkpoint, sequence) : undefined;
  if (span) {
    const { since: _, ...known } = span;
    return known;
  }
  const before = manifests.findLast((one) => one.sequence < sequence);
  const neighbour = before ?? manifests.find((one) => one.sequence > sequence);
  return neighbour?.schema ?? manifestSchemaOf(schema);
}

/** Writes the checkpoint again, if there is one: `verifyLake` compares it with the manifests. */
async function renewCheckpoint({ schema, store }: WriteRun): Promise<void> {
  const path = checkpointPath(schema.name);
  if (!(await store.info(path))) return;
  const history = await readLakeHistory(store, schema.name);
  await store.replaceText(path, checkpointText(foldManifests(emptyLakeState(schema.name), history)));
}

const rowsOf = (files: readonly DataFile[]): number => files.reduce((sum, { rows }) => sum + rows, 0);
const pathsOf = (files: readonly DataFile[]): string[] => files.map(({ path }) => path);

function without(files: readonly DataFile[], others: readonly DataFile[]): DataFile[] {
  const paths = new Set(pathsOf(others));
  return files.filter(({ path }) => !paths.has(path));
}
