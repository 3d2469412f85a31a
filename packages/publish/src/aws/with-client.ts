import type { AthenaClient } from '@aws-sdk/client-athena';
import type { GlueClient } from '@aws-sdk/client-glue';

/** A service's client as the caller gives it, or of this region, with the rest from the environment. */
type Use<Client> = <Result>(
  given: Client | undefined,
  region: string,
  use: (client: Client) => Promise<Result>,
) => Promise<Result>;

/** Works with the caller's Glue client, or with one of our own that is ended afterwards. */
export const withGlue: Use<GlueClient> = (given, region, use) =>
  withClient(given, async () => new (await import('@aws-sdk/client-glue')).GlueClient({ region }), use);

/** Works with the caller's Athena client, or with one of our own that is ended afterwards. */
export const withAthena: Use<AthenaClient> = (given, region, use) =>
  withClient(given, async () => new (await import('@aws-sdk/client-athena')).AthenaClient({ region }), use);

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
