import type { DataBrewClient } from '@aws-sdk/client-databrew';
import type { AwsTarget } from '@headwater/core';

/**
 * Adds tags to a resource of DataBrew, by its ARN (https://docs.aws.amazon.com/databrew/latest/dg/API_TagResource.html). Its
 * description has the tags that it has.
 *
 * @param type as ARNs name it, such as `recipe`
 */
export function databrewTagging(
  client: DataBrewClient,
  { partition, region, account }: AwsTarget,
  type: string,
  name: string,
) {
  const ResourceArn = `arn:${partition}:databrew:${region}:${account}:${type}/${name}`;
  return async (tags: Readonly<Record<string, string>>): Promise<void> => {
    const { TagResourceCommand } = await import('@aws-sdk/client-databrew');
    await client.send(new TagResourceCommand({ ResourceArn, Tags: { ...tags } }));
  };
}
