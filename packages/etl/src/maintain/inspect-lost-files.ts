import { rm } from 'node:fs/promises';
import { isHeadwaterError, type TableSchema } from '@headwater/core';
import {
  assertFilesWritable,
  type DataFile,
  duckdbStoredType,
  duckdbType,
  emptyLakeState,
  quarantineName,
} from '@headwater/core/internal';
import type { StoredFile } from '@headwater/storage';
import type { FileDescription, ParquetChecker } from '../engine/parquet-checker.ts';
import { contentHash } from '../lake/content-hash.ts';
import { parseDataPath } from '../lake/lake-paths.ts';
import type { WriteRun } from '../lake/write-run.ts';
import type { LakeProblem } from './lake-problem.ts';

/** Data files whose manifest was lost: those that the lake can list again, and what is wrong with the others. */
export interface LostFiles {
  readonly data: readonly DataFile[];
  /** Paths of those of `data` whose columns are not the definition's: a manifest cannot list them under its columns. */
  readonly outdated: ReadonlySet<string>;
  readonly quarantine: readonly DataFile[];
  readonly problems: readonly LakeProblem[];
}

/** Reads every data file whose manifest was lost: content, rows, days and columns have to be right. */
export async function inspectLostFiles(run: WriteRun, checker: ParquetChecker): Promise<LostFiles> {
  const data: DataFile[] = [];
  const outdated = new Set<string>();
  const quarantine: DataFile[] = [];
  const problems: LakeProblem[] = [];
  // Which lost commit wrote a file is known on S3 by its name; the time at which it was written orders the others.
  const ordered = [...run.lost].sort(
    (left, right) =>
      (parseDataPath(left.path)?.commit ?? 0) - (parseDataPath(right.path)?.commit ?? 0) ||
      left.modifiedAt.getTime() - right.modifiedAt.getTime(),
  );
  const noteOutdated = (path: string): unknown => outdated.add(path);
  for (const file of ordered) {
    run.options.signal?.throwIfAborted();
    const found = await inspect(run, checker, file, noteOutdated);
    if (typeof found === 'string')
      problems.push({
        file: file.path,
        problem: found,
        fix: 'Restore the file from a copy of the lake, or remove it with `headwater lake repair --remove-unlisted`',
      });
    else (file.path.startsWith(`${quarantineName(run.schema.name)}/`) ? quarantine : data).push(found);
  }
  problems.sort((left, right) => (left.file < right.file ? -1 : 1));
  return { data, outdated, quarantine, problems };
}

/** @returns the entry that the file gets in the manifest, or in words why it can have none */
async function inspect(
  run: WriteRun,
  checker: ParquetChecker,
  { path, bytes }: StoredFile,
  onOutdated: (path: string) => unknown,
): Promise<DataFile | string> {
  const { schema } = run;
  const [, day = ''] = /\/dt=([^/]+)\//.exec(path) ?? [];
  const isData = path.startsWith(`${schema.name}/`);
  const copy = run.staged('lost.parquet');
  const local = await run.localCopy({ path, bytes, modifiedAt: new Date(0) }, copy);
  try {
    const hash = await contentHash(local);
    if (!hash.startsWith(parseDataPath(path)?.hash ?? '-'))
      return `its content is not what its name says (${hash.slice(0, 16)})`;
    const times = isData ? timeNames(schema) : [];
    const described = await checker.describe(local, times);
    if (typeof described === 'string') return described;
    const time = times.find((name) => described.columns.some((column) => column.name === name));
    if (isData && time === undefined) return `has no time column ${schema.partitioning.time}`;
    const counted = await checker.countRows(local, day, time);
    if (typeof counted === 'string') return counted;
    if (counted.outside > 0) return `${counted.outside} rows are not on ${day}`;
    const misfit = isData ? misfitOf(run, path, described) : undefined;
    if (misfit !== undefined) return misfit;
    if (isData && !isCurrent(schema, described)) onOutdated(path);
    const { rows, columnBytes, timeRange } = described;
    return { path, day, rows, bytes, hash, columnBytes, ...(timeRange ? { timeRange: [...timeRange] } : {}) };
  } finally {
    await rm(copy, { force: true });
  }
}

const timeNames = ({ partitioning: { time }, columns }: TableSchema): string[] => [
  time,
  ...(columns.find(({ name }) => name === time)?.renamedFrom ?? []),
];

/** Whether the file has the columns that a load would write now. */
function isCurrent({ columns }: TableSchema, file: FileDescription): boolean {
  const types = new Map(file.columns.map(({ name, type }) => [name, type]));
  return (
    types.size === columns.length &&
    columns.every(({ name, type }) =>
      [duckdbStoredType(type), duckdbType(type)].includes(types.get(name) ?? ''),
    )
  );
}

/** Why the file's columns do not fit the definition. */
function misfitOf({ schema, options }: WriteRun, path: string, file: FileDescription): string | undefined {
  const columns = file.columns.map(({ name, type }) => {
    const now = schema.columns.find((one) => one.name === name || one.renamedFrom.includes(name));
    // A file does not say of a text that it was an enum, nor of any column that it was required.
    const isSame = now !== undefined && duckdbStoredType(now.type) === type;
    return { name, type: isSame ? duckdbType(now.type) : type, nullable: now?.nullable ?? true };
  });
  const state = {
    ...emptyLakeState(schema.name),
    sequence: 1,
    addedBy: new Map([[path, 1]]),
    schemas: [{ since: 1, fingerprint: '0', columns }],
  };
  try {
    assertFilesWritable(schema, state, options.lake, options.allow);
    return undefined;
  } catch (error) {
    if (!isHeadwaterError(error, 'SCHEMA_INCOMPATIBLE')) throw error;
    return error.payload.misfits.map(({ text, fix }) => `${text}: ${fix}`).join('; ');
  }
}
