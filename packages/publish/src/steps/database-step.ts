import type { GlueClient } from '@aws-sdk/client-glue';
import type { AwsTarget } from '@headwater/core';
import { isThere, orMissing } from '../aws/glue-retry.ts';
import type { PublishStep } from './publish-step.ts';

/** Creates the Glue database if it is missing. An existing database is never changed. */
export function databaseStep(
  client: GlueClient,
  { database, location }: Pick<AwsTarget, 'database' | 'location'>,
): PublishStep {
  const step = `database ${database}`;
  const isMissing = async (): Promise<boolean> => {
    const { GetDatabaseCommand } = await import('@aws-sdk/client-glue');
    return (await orMissing(client.send(new GetDatabaseCommand({ Name: database })))) === undefined;
  };
  return {
    name: step,
    async plan() {
      return { step, action: (await isMissing()) ? 'create' : 'none', differences: [], needs: [] };
    },
    async apply() {
      if (!(await isMissing())) return;
      const { CreateDatabaseCommand } = await import('@aws-sdk/client-glue');
      const DatabaseInput = { Name: database, LocationUri: `${location}/` };
      await client.send(new CreateDatabaseCommand({ DatabaseInput })).catch((error: unknown) => {
        if (!isThere(error)) throw error;
      });
    },
  };
}
