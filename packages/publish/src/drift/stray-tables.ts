import type { GlueClient, Table } from '@aws-sdk/client-glue';
import type { AwsTarget } from '@headwater/core';
import { isMissing } from '../aws/glue-retry.ts';
import { publishedSnapshot } from '../steps/published-table.ts';
import { crawlerMarks } from './crawler-marks.ts';

/** A table that others made beside the published ones. */
export interface StrayTable {
  readonly name: string;
  readonly location: string | null;
  /** The crawler that made it, by its name; empty where it left its marks without a name. Null: no crawler did. */
  readonly crawler: string | null;
  /** Whether it reads files of the lake. */
  readonly isInLake: boolean;
}

/**
 * Tables of the database that a crawler made, or that read files of the lake, and that Headwater did not publish. Reads only.
 *
 * @param own the names of the tables that publishing makes
 */
export async function strayTables(
  client: GlueClient,
  target: AwsTarget,
  own: ReadonlySet<string>,
): Promise<StrayTable[]> {
  const strays: StrayTable[] = [];
  for await (const table of tablesOf(client, target.database)) {
    const name = table.Name ?? '';
    if (own.has(name) || table.Parameters?.[publishedSnapshot] !== undefined) continue;
    const location = table.StorageDescriptor?.Location ?? null;
    const crawler = crawlerMarks(table)?.name ?? null;
    const isInLake = `${location?.replace(/\/*$/, '')}/`.startsWith(`${target.location}/`);
    if (crawler !== null || isInLake) strays.push({ name, location, crawler, isInLake });
  }
  return strays.sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** Every table of a database, page by page. None where the database does not exist. */
async function* tablesOf(client: GlueClient, database: string): AsyncGenerator<Table> {
  const { paginateGetTables } = await import('@aws-sdk/client-glue');
  try {
    for await (const { TableList = [] } of paginateGetTables({ client }, { DatabaseName: database }))
      yield* TableList;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
