import type { QuickSightClient, Tag } from '@aws-sdk/client-quicksight';
import type { Tags } from './published-asset.ts';
import { sdk } from './quicksight-calls.ts';

/** The tag of everything that is published, with the dashboard that it is for. */
export const ownerTag = 'headwater-dashboard';
/** The tag with the digest of what was published. */
export const recordTag = 'headwater-published';

/** Tags as requests have them. */
export const tagList = (tags: Tags): Tag[] => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** The tags of an asset. */
export async function readTags(client: QuickSightClient, ResourceArn: string): Promise<Tags> {
  const { ListTagsForResourceCommand } = await sdk();
  const { Tags = [] } = await client.send(new ListTagsForResourceCommand({ ResourceArn }));
  return Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

/** Adds tags to those that an asset has. */
export async function writeTags(client: QuickSightClient, ResourceArn: string, tags: Tags): Promise<void> {
  const { TagResourceCommand } = await sdk();
  await client.send(new TagResourceCommand({ ResourceArn, Tags: tagList(tags) }));
}
