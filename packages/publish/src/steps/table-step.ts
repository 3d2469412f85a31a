import type { GlueClient, Table, TableInput } from '@aws-sdk/client-glue';
import { headwaterVersion, type SchemaSnapshot } from '@headwater/core/internal';
import { whileOthersWrite } from '../aws/glue-retry.ts';
import { readTable } from '../aws/read-table.ts';
import { assertAllowed } from './assert-allowed.ts';
import type { CatalogTable } from './catalog-tables.ts';
import { comparableWith } from './column-parameters.ts';
import type { Difference, DifferenceCause, PublishStep, StepPlan } from './publish-step.ts';
import { publishedSnapshot, publishedTable, publishedVersion, tableOf } from './published-table.ts';
import { mergedInput, tableParts } from './table-parts.ts';

/** A table of the catalog, as it should be and as it was last published. */
export interface TableStepOptions extends Pick<CatalogTable, 'derive'> {
  readonly client: GlueClient;
  readonly database: string;
  /** The table's name in the catalog. */
  readonly name: string;
  readonly snapshot: SchemaSnapshot;
  /** Every version before the new one, the latest last. */
  readonly history: readonly SchemaSnapshot[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * Keeps one table of the Glue Data Catalog. A missing table is created; an existing one is read, merged and written back with
 * the version that was read, so that a concurrent write is detected and never overwritten
 * (https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateTable.html, `VersionId`).
 */
export function tableStep(options: TableStepOptions): PublishStep {
  const { client, database, name } = options;
  const step = `table ${name}`;
  const read = (): Promise<Table | undefined> => readTable(client, database, name);
  return {
    name: step,
    ids: [adoptId(name), driftId(name)],
    plan: async () => planTable(options, step, await read()),
    apply: (allowed) =>
      whileOthersWrite(async () => {
        const live = await read();
        const { action, needs } = planTable(options, step, live);
        assertAllowed(name, needs, allowed);
        if (action !== 'none') await write(options, live);
      }, options.signal),
  };
}

/** The id that allows to take over a table that Headwater did not publish. */
export const adoptId = (table: string): string => `adopt-table:${table}`;
/** The id that allows to overwrite what others changed in a table. */
export const driftId = (table: string): string => `overwrite-drift:${table}`;

async function write(options: TableStepOptions, live: Table | undefined): Promise<void> {
  const { client, database, name } = options;
  const { CreateTableCommand, DeleteTableCommand, UpdateTableCommand } = await import('@aws-sdk/client-glue');
  const ours = tableOf(options, options.snapshot);
  const VersionId = live?.VersionId;
  if (!ours) await client.send(new DeleteTableCommand({ DatabaseName: database, Name: name }));
  else if (!live) await client.send(new CreateTableCommand({ DatabaseName: database, TableInput: ours }));
  else
    await client.send(
      new UpdateTableCommand({ DatabaseName: database, TableInput: mergedInput(live, ours), VersionId }),
    );
}

function planTable(options: TableStepOptions, step: string, live: Table | undefined): StepPlan {
  const { name, snapshot, history } = options;
  const derived = tableOf(options, snapshot);
  const ours = live && derived ? comparableWith(live, derived) : derived;
  const nothing: StepPlan = { step, action: 'none', differences: [], needs: [] };
  if (!live)
    return ours ? { ...nothing, action: 'create', differences: differencesOf(undefined, ours) } : nothing;
  const published = live.Parameters?.[publishedSnapshot];
  // Somebody else's table with the name of the view stays.
  if (!ours) return published === undefined ? nothing : { ...nothing, action: 'delete' };
  if (published === undefined)
    return { step, action: 'update', differences: differencesOf(live, ours), needs: [adoptId(name)] };
  const known = publishedVersion(live, [...history, snapshot], history.at(-1)?.version);
  const differences = differencesOf(live, ours, publishedTable(options, known, live));
  const drifts = differences.some(({ cause }) => cause === 'drift');
  return {
    step,
    action: differences.length > 0 ? 'update' : 'none',
    differences,
    needs: drifts ? [driftId(name)] : [],
  };
}

/** @param published the table as derived from the live version: where the live table differs from it, others changed it */
function differencesOf(live: Table | undefined, ours: TableInput, published?: TableInput): Difference[] {
  const keys = new Set([...Object.keys(ours.Parameters ?? {}), ...Object.keys(published?.Parameters ?? {})]);
  const now = live ? tableParts(live, keys) : new Map<string, string>();
  const should = tableParts(ours, keys);
  const before = published && tableParts(published, keys);
  const isOtherRelease = live?.Parameters?.['headwater.release'] !== headwaterVersion;
  const causeOf = (what: string): DifferenceCause => {
    if (!before || now.get(what) === before.get(what)) return 'change';
    return isOtherRelease ? 'release' : 'drift';
  };
  return [...new Set([...should.keys(), ...now.keys()])].flatMap((what) => {
    const [was = null, becomes = null] = [now.get(what), should.get(what)];
    return was === becomes ? [] : [{ what, was, becomes, cause: causeOf(what) }];
  });
}
