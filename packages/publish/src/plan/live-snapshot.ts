import type { GlueClient } from '@aws-sdk/client-glue';
import { type SchemaSnapshot, snapshotDigest } from '@headwater/core/internal';
import { orMissing } from '../aws/glue-retry.ts';

/**
 * The version that is live in Glue. It is older than the latest one where versions were saved and not published.
 *
 * @returns undefined where no version of `history` is live
 */
export async function liveSnapshot(
  client: GlueClient,
  database: string,
  table: string,
  history: readonly SchemaSnapshot[],
): Promise<SchemaSnapshot | undefined> {
  const { GetTableCommand } = await import('@aws-sdk/client-glue');
  const got = await orMissing(client.send(new GetTableCommand({ DatabaseName: database, Name: table })));
  const digest = got?.Table?.Parameters?.['headwater.snapshot'];
  return history.findLast(({ schema }) => snapshotDigest(schema) === digest);
}
