import type { GlueClient } from '@aws-sdk/client-glue';
import type { AwsTarget } from '@headwater/core';

/**
 * The tags of a resource of Glue, which are read and written by its ARN
 * (https://docs.aws.amazon.com/glue/latest/webapi/API_TagResource.html).
 *
 * @param type as ARNs name it, such as `crawler`
 */
export function glueTags(
  client: GlueClient,
  { partition, region, account }: AwsTarget,
  type: string,
  name: string,
) {
  const ResourceArn = `arn:${partition}:glue:${region}:${account}:${type}/${name}`;
  return {
    async read(): Promise<Readonly<Record<string, string>>> {
      const { GetTagsCommand } = await import('@aws-sdk/client-glue');
      return (await client.send(new GetTagsCommand({ ResourceArn }))).Tags ?? {};
    },
    async tag(tags: Readonly<Record<string, string>>): Promise<void> {
      const { TagResourceCommand } = await import('@aws-sdk/client-glue');
      await client.send(new TagResourceCommand({ ResourceArn, TagsToAdd: { ...tags } }));
    },
  };
}
