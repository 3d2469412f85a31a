import type { GlueClient } from '@aws-sdk/client-glue';
import type { SchemaSnapshot } from '@headwater/core/internal';
import { readTable } from '../aws/read-table.ts';
import { knownVersion } from '../steps/published-table.ts';

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
  const live = await readTable(client, database, table);
  return live && knownVersion(live, history);
}
