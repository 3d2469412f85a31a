import type { GlueClient } from '@aws-sdk/client-glue';
import { isThere, orMissing } from '../aws/glue-retry.ts';
import type { DatabaseInput } from './database-input.ts';
import type { PublishStep } from './publish-step.ts';

/** Creates the Glue database if it is missing. An existing database is never changed. */
export function databaseStep(client: GlueClient, input: DatabaseInput): PublishStep {
  const { Name } = input;
  const step = `database ${Name}`;
  const isMissing = async (): Promise<boolean> => {
    const { GetDatabaseCommand } = await import('@aws-sdk/client-glue');
    return (await orMissing(client.send(new GetDatabaseCommand({ Name })))) === undefined;
  };
  return {
    name: step,
    async plan() {
      return { step, action: (await isMissing()) ? 'create' : 'none', differences: [], needs: [] };
    },
    async apply() {
      if (!(await isMissing())) return;
      const { CreateDatabaseCommand } = await import('@aws-sdk/client-glue');
      await client.send(new CreateDatabaseCommand({ DatabaseInput: input })).catch((error: unknown) => {
        if (!isThere(error)) throw error;
      });
    },
  };
}
