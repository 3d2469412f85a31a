import type { GlueClient, Table } from '@aws-sdk/client-glue';
import { orMissing } from './glue-retry.ts';

/** Reads a table of the catalog. Undefined where there is none. */
export async function readTable(
  client: GlueClient,
  database: string,
  name: string,
): Promise<Table | undefined> {
  const { GetTableCommand } = await import('@aws-sdk/client-glue');
  const got = await orMissing(client.send(new GetTableCommand({ DatabaseName: database, Name: name })));
  return got?.Table;
}
