import type { Table } from '@aws-sdk/client-glue';
import { type DeployClients, unlessMissing } from './deploy-clients.ts';

/** A table of Glue as it is there; undefined where there is none of that name. */
export async function findTable(
  { glue }: Pick<DeployClients, 'glue'>,
  database: string,
  name: string,
): Promise<Table | undefined> {
  const { GetTableCommand } = await import('@aws-sdk/client-glue');
  return (await unlessMissing(glue.send(new GetTableCommand({ DatabaseName: database, Name: name }))))?.Table;
}
