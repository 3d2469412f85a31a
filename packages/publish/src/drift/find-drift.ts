import type { GlueClient } from '@aws-sdk/client-glue';
import { type AwsTarget, assessSchemas, HeadwaterError, type TableSchema } from '@headwater/core';
import type { SchemaSnapshot } from '@headwater/core/internal';
import { awsProblem } from '../aws/aws-problem.ts';
import { readTable } from '../aws/read-table.ts';
import { withGlue } from '../aws/with-client.ts';
import { nextSnapshot } from '../snapshots/next-snapshot.ts';
import { readSnapshots } from '../snapshots/snapshot-folder.ts';
import { catalogTables } from '../steps/catalog-tables.ts';
import { publishedSnapshot, publishedVersion } from '../steps/published-table.ts';
import { type StrayTable, strayTables } from './stray-tables.ts';
import { type TableDrift, tableDrift } from './table-drift.ts';

/** The tables to compare, and where they are. */
export interface DriftOptions {
  /** The tables whose drift is looked for. */
  readonly tables: readonly TableSchema[];
  /** Every table of the project: what publishing makes for them is not stray. Defaults to `tables`. */
  readonly project?: readonly TableSchema[] | undefined;
  readonly target: AwsTarget;
  /** The folder of snapshots. */
  readonly folder: string;
  /** Defaults to a client of the target's region. */
  readonly client?: GlueClient | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What others changed in Glue since the tables were published. */
export interface DriftReport {
  readonly database: string;
  /** The tables of the definitions that differ. */
  readonly tables: readonly DefinitionDrift[];
  /** Tables that others made beside them. */
  readonly strays: readonly StrayTable[];
  /** Definitions without a saved version and a table in Glue: there is nothing to compare with. */
  readonly unpublished: readonly string[];
}

/** What others changed in the tables of one definition. */
export interface DefinitionDrift {
  /** The table of the definition. */
  readonly table: string;
  readonly drifts: readonly TableDrift[];
}

/**
 * What a crawler or a hand changed in Glue since the tables were published: columns, partition keys, locations, formats, comments and
 * parameters, tables that are missing, and tables that others made beside them. A change of the definition that is not published yet is
 * no drift. Reads only; `publishSchema` puts right what is allowed by its id.
 *
 * @throws HeadwaterError `CATALOG_UNREADABLE` when Glue does not answer, `PUBLISH_CONFLICT` when somebody published a version that the
 *   folder of snapshots lacks, `SNAPSHOT_INVALID`
 * @example
 * ```ts
 * const { tables } = await findDrift({ tables: [clickstream.schema], target, folder: './schema' });
 * // [{ table: 'clickstream', drifts: [{ name: 'clickstream', version: '1.0.0', crawler: 'raw', allow: ['overwrite-drift:clickstream'],
 * //   findings: [{ kind: 'column-type', part: 'price', is: 'double', published: 'decimal(10,2)' }, ...] }] }]
 * ```
 */
export async function findDrift(options: DriftOptions): Promise<DriftReport> {
  const { tables, project = tables, target, folder, signal } = options;
  const { database } = target;
  try {
    return await withGlue(options.client, target.region, async (client) => {
      const found: DefinitionDrift[] = [];
      const unpublished: string[] = [];
      for (const schema of tables) {
        signal?.throwIfAborted();
        const drifts = await driftOf(client, target, schema, await readSnapshots(folder, schema.name));
        if (!drifts) unpublished.push(schema.name);
        else if (drifts.length > 0) found.push({ table: schema.name, drifts });
      }
      const own = new Set(
        project.flatMap(({ name }) => catalogTables(name, everyView(target)).map((table) => table.name)),
      );
      return { database, tables: found, strays: await strayTables(client, target, own), unpublished };
    });
  } catch (error) {
    if (signal?.aborted) throw new HeadwaterError('INTERRUPTED', { during: 'looking for drift' });
    if (error instanceof HeadwaterError || !(error instanceof Error)) throw error;
    throw new HeadwaterError(
      'CATALOG_UNREADABLE',
      { database, problem: awsProblem(error) },
      { cause: error },
    );
  }
}

/** Views of classes of readers that the config no longer has are not stray: they stay until they are removed by hand. */
const everyView = (target: AwsTarget): AwsTarget => ({
  ...target,
  permissionClasses: ['no_pii', 'no_direct_pii'],
});

/** @returns undefined where there is neither a saved version nor a table */
async function driftOf(
  client: GlueClient,
  target: AwsTarget,
  schema: TableSchema,
  history: readonly SchemaSnapshot[],
): Promise<TableDrift[] | undefined> {
  const { database } = target;
  const latest = history.at(-1);
  const now = nextSnapshot(schema, assessSchemas(latest, schema), latest);
  const versions = [...history, now];
  const live = await readTable(client, database, schema.name);
  if (!live && !latest) return undefined;
  const isMarked = live?.Parameters?.[publishedSnapshot] !== undefined;
  const base = live && isMarked ? publishedVersion(live, versions) : (latest ?? now);
  const drifts: TableDrift[] = [];
  for (const table of catalogTables(schema.name, target)) {
    const found = table.name === schema.name ? live : await readTable(client, database, table.name);
    const drift = tableDrift(table, found, versions, base);
    if (drift) drifts.push(drift);
  }
  return drifts;
}
