import type { GlueClient } from '@aws-sdk/client-glue';
import { type AwsTarget, deriveDataQualityRuleset, type TableSchema } from '@headwater/core';
import { orMissing } from '../../aws/glue-retry.ts';
import { glueTags } from '../../aws/glue-tags.ts';
import type { PublishedResource } from './resource-step.ts';

const sdk = () => import('@aws-sdk/client-glue');

/** The rules of Glue Data Quality for a table. An update cannot change their table. */
export function dataQualityResource(
  client: GlueClient,
  schema: TableSchema,
  target: AwsTarget,
): PublishedResource {
  const { Tags: tags, ...ours } = deriveDataQualityRuleset(schema, target);
  const { Name } = ours;
  const ofTags = glueTags(client, target, 'dataQualityRuleset', Name);
  return {
    kind: 'data-quality',
    words: 'data quality ruleset',
    name: Name,
    members: ours,
    tags,
    fields: [
      { member: 'Description', what: 'description' },
      { member: 'Ruleset', what: 'rule' },
      { member: 'TargetTable', what: 'table', isFixed: true },
    ],
    async read() {
      const { GetDataQualityRulesetCommand } = await sdk();
      const got = await orMissing(client.send(new GetDataQualityRulesetCommand({ Name })));
      return got && { members: { ...got }, tags: await ofTags.read() };
    },
    async create(Tags) {
      const { CreateDataQualityRulesetCommand } = await sdk();
      await client.send(new CreateDataQualityRulesetCommand({ ...ours, Tags: { ...Tags } }));
    },
    async update() {
      const { UpdateDataQualityRulesetCommand } = await sdk();
      const { TargetTable: _, ...changes } = ours;
      await client.send(new UpdateDataQualityRulesetCommand(changes));
    },
    tag: ofTags.tag,
  };
}
