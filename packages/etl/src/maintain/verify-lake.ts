import { type EventsTable, HeadwaterError } from '@headwater/core';
import {
  assertPartitioning,
  checkpointPath,
  emptyLakeState,
  foldManifests,
  lostManifestFix,
  manifestFolder,
  manifestPath,
  readDamagedLake,
} from '@headwater/core/internal';
import { type LakeTarget, openLakeStore } from '@headwater/storage';
import { stagingFolder } from '../lake/lake-paths.ts';
import { findUnlisted } from '../lake/unlisted-files.ts';
import { checkCheckpoint } from './check-checkpoint.ts';
import { checkDefinition } from './check-definition.ts';
import { checkFiles } from './check-files.ts';
import { accountingProblems } from './check-history.ts';
import { checkRollups } from './check-rollups.ts';
import type { LakeProblem } from './lake-problem.ts';

/** The result of a verification. */
export interface VerifyReport {
  readonly ok: boolean;
  readonly filesChecked: number;
  readonly rows: number;
  readonly bytes: number;
  readonly problems: readonly LakeProblem[];
  /**
   * Data files that no manifest lists and no lost manifest did: leftovers of a dead run, or files that a running one is
   * about to commit. They are not in the lake, but engines that read the folders see them.
   */
  readonly leftovers: readonly string[];
  /** Files in the table's folders that Headwater did not name. It leaves them alone; engines that read the folders see them. */
  readonly foreign: readonly string[];
  /** Findings that are not problems. */
  readonly notes: readonly string[];
}

/** Options of a verification. */
export interface VerifyOptions {
  readonly table: EventsTable;
  /** The lake's folder, or `s3://bucket/prefix`. */
  readonly lake: string;
  /** Where the lake's tables are on AWS: its region. */
  readonly aws?: LakeTarget | undefined;
  readonly onProgress?: ((progress: { files: number; totalFiles: number }) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads every committed file and checks its existence, size, content hash, row count and partition day; checks that each
 * commit's counts add up, that no manifest is missing and no data file lost its own, and that queries can read all files under the definition.
 * Entries of rollups that answer questions have to have their files.
 *
 * @throws HeadwaterError `LAKE_NOT_FOUND`, `LAKE_CORRUPT` when a manifest is there and cannot be read,
 *   `PARTITIONING_CHANGED` when the definition has other folders
 */
export async function verifyLake(options: VerifyOptions): Promise<VerifyReport> {
  const { table, signal } = options;
  const lake = openLakeStore(options.lake, { aws: options.aws });
  const { name } = table.schema;
  const damaged = await readDamagedLake(lake, name);
  const { manifests: history, missing } = damaged;
  // Not by its checkpoint, which is among the things to check.
  const state = missing.length > 0 ? damaged.state : foldManifests(emptyLakeState(name), history);
  const unlisted = await findUnlisted(lake, state);
  if (state.sequence === 0 && unlisted.lost.length === 0)
    throw new HeadwaterError('LAKE_NOT_FOUND', { lake: options.lake, table: name });
  assertPartitioning(table.schema, state, options.lake);
  const checkpoint = missing.length > 0 ? {} : await checkCheckpoint(lake, name, history);
  const definition = checkDefinition(table.schema, state, lake.kind);
  const rollups = await checkRollups(lake, state, signal);
  const repair = `\`headwater lake repair --lake ${options.lake}\``;
  const problems: LakeProblem[] = [
    ...missing.map((sequence) => {
      const file = manifestPath(name, sequence);
      const problem = 'is missing, and later manifests are there';
      return { file, problem, fix: lostManifestFix(options.lake, file) };
    }),
    ...accountingProblems(name, history),
    ...definition.problems,
    ...(checkpoint.problem
      ? [{ file: checkpointPath(name), problem: checkpoint.problem, fix: 'Remove the file' }]
      : []),
    ...(await checkFiles(lake, table.schema, state, { onProgress: options.onProgress, signal })),
    ...unlisted.lost.map(({ path }) => ({
      file: path,
      problem: 'no manifest lists it: the manifest that did was lost',
      fix: `Restore the missing files of ${manifestFolder(name)}, or add the rows to the lake again with ${repair}`,
    })),
    ...rollups.problems,
  ];
  const notes = [...(checkpoint.note ? [checkpoint.note] : []), ...definition.notes, ...rollups.notes];
  let open = 0;
  for await (const _ of lake.unfinishedUploads(stagingFolder(name))) open += 1;
  if (open > 0)
    notes.push(
      `${open} ${open === 1 ? 'upload is' : 'uploads are'} unfinished: of a running or a dead run. A later commit aborts those of dead runs`,
    );
  signal?.throwIfAborted();
  return {
    ok: problems.length === 0,
    filesChecked: state.files.length + state.quarantineFiles.length,
    rows: state.files.reduce((sum, { rows }) => sum + rows, 0),
    bytes: state.files.reduce((sum, { bytes }) => sum + bytes, 0),
    problems,
    leftovers: pathsOf([...unlisted.dead, ...unlisted.pending]),
    foreign: pathsOf(unlisted.foreign),
    notes,
  };
}

const pathsOf = (files: readonly { readonly path: string }[]): string[] =>
  files.map(({ path }) => path).sort();
