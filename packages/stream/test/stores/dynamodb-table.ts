import { randomUUID } from 'node:crypto';
import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { sessionsTable, sessionsTableTtl } from '../../src/stores/dynamodb/sessions-table.ts';

/** A table of a test, and a client that counts its requests. */
export interface TestTable {
  readonly client: DynamoDBClient;
  readonly table: string;
  /** Requests so far, by operation. */
  readonly requests: Record<string, number>;
  drop(): Promise<void>;
}

/** Makes the table of live stores under a name of its own. */
export async function testTable(): Promise<TestTable> {
  const client = new DynamoDBClient({ requestHandler: new NodeHttpHandler() });
  const requests: Record<string, number> = {};
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        const name = commandName.replace(/Command$/, '');
        requests[name] = (requests[name] ?? 0) + 1;
        return next(args);
      },
    { step: 'initialize', name: 'countRequests' },
  );
  const table = `sessions-${randomUUID()}`;
  await client.send(new CreateTableCommand(sessionsTable(table)));
  await client.send(new UpdateTimeToLiveCommand(sessionsTableTtl(table)));
  return {
    client,
    table,
    requests,
    async drop() {
      await client.send(new DeleteTableCommand({ TableName: table }));
      client.destroy();
    },
  };
}
