import type { AthenaClient } from '@aws-sdk/client-athena';
import type { DataBrewClient } from '@aws-sdk/client-databrew';
import type { FirehoseClient } from '@aws-sdk/client-firehose';
import type { GlueClient } from '@aws-sdk/client-glue';

/** Uses the caller's client of a service, or one for this region, configured by the environment. */
type Use<Client> = <Result>(
  given: Client | undefined,
  region: string,
  use: (client: Client) => Promise<Result>,
) => Promise<Result>;

/** Uses the caller's Glue client, or creates one and destroys it afterwards. */
export const withGlue: Use<GlueClient> = (given, region, use) =>
  withClient(given, async () => new (await import('@aws-sdk/client-glue')).GlueClient({ region }), use);

/** Uses the caller's Athena client, or creates one and destroys it afterwards. */
export const withAthena: Use<AthenaClient> = (given, region, use) =>
  withClient(given, async () => new (await import('@aws-sdk/client-athena')).AthenaClient({ region }), use);

/** Uses the caller's DataBrew client, or creates one and destroys it afterwards. */
export const withDataBrew: Use<DataBrewClient> = (given, region, use) =>
  withClient(
    given,
    async () => new (await import('@aws-sdk/client-databrew')).DataBrewClient({ region }),
    use,
  );

/** Uses the caller's Firehose client, or creates one and destroys it afterwards. */
export const withFirehose: Use<FirehoseClient> = (given, region, use) =>
  withClient(
    given,
    async () => new (await import('@aws-sdk/client-firehose')).FirehoseClient({ region }),
    use,
  );

async function withClient<Client extends { destroy(): void }, Result>(
  given: Client | undefined,
  create: () => Promise<Client>,
  use: (client: Client) => Promise<Result>,
): Promise<Result> {
  if (given) return use(given);
  const client = await create();
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}
