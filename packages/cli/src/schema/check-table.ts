import { dirname } from 'node:path';
import type { AssessedChange, EventsTable } from '@headwater/core';
import { diffSchemas, type SchemaSnapshot, snapshotPath, snapshotText } from '@headwater/core/internal';
import { assertKnownIds, compareSchema, readCommittedSnapshots } from '@headwater/publish';
import type { MetricImpact } from '@headwater/queries';
import type { ExitCode } from '../answer/exit-code.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import { type Comparison, historyOf, projectSettings } from './project.ts';

/** What a check of a table's definition found. */
export interface TableCheck {
  readonly table: string;
  /** The versions that it was compared with the latest of. */
  readonly history: readonly SchemaSnapshot[];
  readonly comparison: Comparison;
  /** Ids of changes that are accepted: given, or recorded in the versions that the base lacks. */
  readonly accepted: readonly string[];
  /** Breaking or irreversible changes that are not accepted. */
  readonly open: readonly AssessedChange[];
  /** Metrics that stop, or lose something, by what is not accepted. */
  readonly broken: readonly MetricImpact[];
  /** What is wrong with the versions in the folder, each as one sentence that says what to do. */
  readonly problems: readonly string[];
  readonly exitCode: ExitCode;
}

interface CheckOptions {
  readonly allow: readonly string[];
  /** A commit: its versions are compared with, and the definition has to be saved. Defaults to the versions in the folder. */
  readonly base: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Compares the definitions of tables with their latest versions: in the folder, or in the commit that a change is to be merged into.
 *
 * @throws HeadwaterError `OPTION_INVALID` for an id that names no change of any table, or a commit that Git does not find;
 *   `SNAPSHOT_INVALID`
 */
export async function checkTables(
  config: LoadedConfig,
  tables: readonly EventsTable[],
  options: CheckOptions,
): Promise<TableCheck[]> {
  const checks: TableCheck[] = [];
  for (const table of tables) checks.push(await checkTable(config, table, options));
  for (const id of options.allow) assertKnown(id, checks);
  return checks;
}

function assertKnown(id: string, checks: readonly TableCheck[]): void {
  const errors = checks.flatMap(({ history, comparison: { diff } }) => {
    try {
      assertKnownIds([id], history, diff);
      return [];
    } catch (error) {
      return [error];
    }
  });
  if (errors.length === checks.length) throw errors[0];
}

async function checkTable(
  config: LoadedConfig,
  table: EventsTable,
  { allow, base, signal }: CheckOptions,
): Promise<TableCheck> {
  const settings = projectSettings(config);
  const saved = await historyOf(config, table);
  const history =
    base === undefined
      ? saved
      : await readCommittedSnapshots(settings.folder, dirname(config.file), table.name, base);
  const comparison = await compareSchema({ ...settings, before: history.at(-1), now: table.schema, signal });
  const recorded = saved.slice(history.length).flatMap(({ allowed = [] }) => allowed);
  const accepted = [...new Set([...allow, ...recorded])];
  const isAccepted = (id: string | null): boolean => id !== null && accepted.includes(id);
  const { changes } = comparison.diff;
  const check = {
    table: table.name,
    history,
    comparison,
    accepted,
    open: changes.filter(({ id, needsAllow }) => needsAllow && !isAccepted(id)),
    broken: comparison.metrics.filter(
      ({ effect, change }) => effect !== 'changes-meaning' && !isAccepted(change),
    ),
    problems: base === undefined ? [] : versionProblems(table, saved, history, base),
  };
  return { ...check, exitCode: exitCodeOf(check, base !== undefined) };
}

/** What is wrong with the versions of a change, compared with those of the commit that it is to be merged into. */
function versionProblems(
  { name, schema }: EventsTable,
  saved: readonly SchemaSnapshot[],
  history: readonly SchemaSnapshot[],
  base: string,
): string[] {
  const rewritten = history.find((one, index) => {
    const now = saved[index];
    return now === undefined || snapshotText(now) !== snapshotText(one);
  });
  if (rewritten) {
    const path = snapshotPath(name, rewritten.number);
    return [
      `${path} is not as in ${base}. Versions are never changed: restore it, and save this definition as a later one.`,
    ];
  }
  const latest = saved.at(-1);
  const isSaved = latest !== undefined && diffSchemas(latest.schema, schema).length === 0;
  return isSaved
    ? []
    : [`The definition of ${name} is not saved: run headwater schema save, and commit the file.`];
}

function exitCodeOf(
  { comparison: { diff }, open, broken, problems, accepted }: Omit<TableCheck, 'exitCode'>,
  hasBase: boolean,
): ExitCode {
  if (open.length > 0 || broken.length > 0 || problems.length > 0) return 1;
  if (diff.from === null) return hasBase ? 0 : 2;
  const isUnknown = diff.changes.some(
    ({ id, verdicts }) =>
      !accepted.includes(id) && Object.values(verdicts).some(({ verdict }) => verdict === 'unknown'),
  );
  return isUnknown ? 2 : 0;
}
