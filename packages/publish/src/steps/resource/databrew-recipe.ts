import type { DataBrewClient, DescribeRecipeResponse } from '@aws-sdk/client-databrew';
import { type AwsTarget, deriveDataBrewRecipe, type TableSchema } from '@headwater/core';
import { databrewTagging } from '../../aws/databrew-tagging.ts';
import { orMissing } from '../../aws/glue-retry.ts';
import type { PublishedResource } from './resource-step.ts';

/** The steps of the latest published version. The member is ours: DataBrew describes one version at a time. */
const published = 'PublishedSteps';

/**
 * The recipe of a table. An update changes its working copy, `LATEST_WORKING`, and publishing it makes a version, which jobs run
 * (https://docs.aws.amazon.com/databrew/latest/dg/API_PublishRecipe.html). Both are compared by content, so a version is made only when the
 * steps changed. An earlier definition gives its steps again, as a new version.
 *
 * @param version that of the definition, which describes the version of the recipe
 */
export function databrewRecipe(
  client: DataBrewClient,
  schema: TableSchema,
  version: string,
  target: AwsTarget,
): PublishedResource {
  const { Tags: tags, ...ours } = deriveDataBrewRecipe(schema, target);
  const { Name } = ours;
  const sdk = () => import('@aws-sdk/client-databrew');
  const describe = async (RecipeVersion: string): Promise<DescribeRecipeResponse | undefined> => {
    const { DescribeRecipeCommand } = await sdk();
    return orMissing(client.send(new DescribeRecipeCommand({ Name, RecipeVersion })));
  };
  return {
    kind: 'databrew-recipe',
    words: 'DataBrew recipe',
    name: Name,
    members: { ...ours, [published]: ours.Steps },
    tags,
    fields: [
      { member: 'Description', what: 'description' },
      { member: 'Steps', what: 'step' },
      { member: published, what: 'published step' },
    ],
    async read() {
      const working = await describe('LATEST_WORKING');
      if (!working) return undefined;
      const latest = await describe('LATEST_PUBLISHED');
      return { members: { ...working, [published]: latest?.Steps }, tags: working.Tags ?? {} };
    },
    async create(Tags) {
      const { CreateRecipeCommand } = await sdk();
      await client.send(new CreateRecipeCommand({ ...ours, Tags: { ...Tags } }));
    },
    async update(changed) {
      const { PublishRecipeCommand, UpdateRecipeCommand } = await sdk();
      if (changed.has('Steps') || changed.has('Description'))
        await client.send(new UpdateRecipeCommand(ours));
      const Description = `${schema.name} ${version}`;
      if (changed.has(published)) await client.send(new PublishRecipeCommand({ Name, Description }));
    },
    tag: databrewTagging(client, target, 'recipe', Name),
  };
}
