import { dirname, resolve } from 'node:path';
import {
  assessSchemas,
  type EventsTable,
  HeadwaterError,
  type SchemaDiff,
  type TableSchema,
} from '@headwater/core';
import type { SchemaSnapshot } from '@headwater/core/internal';
import { readSnapshots } from '@headwater/publish';
import { type MetricImpact, metricImpacts } from '@headwater/queries';
import type { LoadedConfig } from '../config/load-config.ts';
import { settleQueries } from './settle-queries.ts';
import { type QueryCheck, typeCheckQueries } from './type-check-queries.ts';

/** Two definitions of a table, compared, with what it means to the project's own code. */
export interface SchemaComparison {
  readonly diff: SchemaDiff;
  readonly metrics: readonly MetricImpact[];
  readonly queries: QueryCheck;
}

/** The folder of a project's snapshots. */
export const snapshotFolder = ({ file, schemas = './schema' }: LoadedConfig): string =>
  resolve(dirname(file), schemas);

/** The published versions of a table, the first one first. */
export const historyOf = (config: LoadedConfig, table: EventsTable): Promise<SchemaSnapshot[]> =>
  readSnapshots(snapshotFolder(config), table.name);

/**
 * The version of this name: its number, or `major.minor.patch`.
 * @throws HeadwaterError `VERSION_UNKNOWN`
 */
export function versionIn(history: readonly SchemaSnapshot[], table: string, name: string): SchemaSnapshot {
  const found = history.find(({ number, version }) => String(number) === name || version === name);
  if (found) return found;
  const known = history.map(({ number, version }) => `${number} (${version})`);
  throw new HeadwaterError('VERSION_UNKNOWN', { table, version: name, known });
}

/**
 * Compares the working definition, or a later version, with an earlier version.
 *
 * @param isWorking whether `now` is what the project's code imports: only then can its queries be type-checked
 */
export async function compareSchema(
  config: LoadedConfig,
  before: SchemaSnapshot | undefined,
  { now, isWorking }: { readonly now: TableSchema; readonly isWorking: boolean },
  signal: AbortSignal,
): Promise<SchemaComparison> {
  const diff = assessSchemas(before, now, config.compatibility);
  const metrics = metricImpacts(before?.schema, now, diff.changes);
  if (diff.changes.length === 0) return { diff, metrics, queries: { status: 'none' } };
  const queries: QueryCheck = isWorking
    ? await typeCheckQueries(config.file, config.queries, signal)
    : { status: 'not-checked', reason: 'the code follows the working definition, not this version' };
  return { diff: settleQueries(diff, queries), metrics, queries };
}
