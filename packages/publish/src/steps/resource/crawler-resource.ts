import type { Crawler, GlueClient } from '@aws-sdk/client-glue';
import { type AwsTarget, deriveCrawler, type TableSchema } from '@headwater/core';
import { orMissing } from '../../aws/glue-retry.ts';
import { glueTags } from '../../aws/glue-tags.ts';
import type { Members } from './resource-content.ts';
import type { PublishedResource } from './resource-step.ts';

const sdk = () => import('@aws-sdk/client-glue');

/** Glue answers the name of the role, and not its ARN. */
const roleName = (role: string | undefined): string | undefined => role?.replace(/^arn:[^/]*:role\//, '');

/** A crawler as CreateCrawler would take it, with the name of its role. */
const crawlerMembers = ({ Role, Schedule, ...crawler }: Crawler): Members => ({
  ...crawler,
  Role: roleName(Role),
  Schedule: Schedule?.ScheduleExpression,
});

/** The crawler of a table's raw files. */
export function crawlerResource(
  client: GlueClient,
  schema: TableSchema,
  target: AwsTarget,
): PublishedResource {
  const { Tags: tags, ...ours } = deriveCrawler(schema, target);
  const { Name } = ours;
  const ofTags = glueTags(client, target, 'crawler', Name);
  return {
    kind: 'crawler',
    words: 'crawler',
    name: Name,
    members: { ...ours, Role: roleName(ours.Role) },
    tags,
    fields: [
      { member: 'Description', what: 'description' },
      { member: 'Role', what: 'role' },
      { member: 'DatabaseName', what: 'database' },
      { member: 'TablePrefix', what: 'prefix' },
      { member: 'Targets', what: 'folder' },
      { member: 'Schedule', what: 'schedule' },
      { member: 'RecrawlPolicy', what: 'recrawl' },
      { member: 'SchemaChangePolicy', what: 'changes' },
      { member: 'Configuration', what: 'configuration' },
      { member: 'Classifiers', what: 'classifier' },
    ],
    async read() {
      const { GetCrawlerCommand } = await sdk();
      const got = await orMissing(client.send(new GetCrawlerCommand({ Name })));
      return got?.Crawler && { members: crawlerMembers(got.Crawler), tags: await ofTags.read() };
    },
    async create(Tags) {
      const { CreateCrawlerCommand } = await sdk();
      await client.send(new CreateCrawlerCommand({ ...ours, Tags: { ...Tags } }));
    },
    async update() {
      const { UpdateCrawlerCommand } = await sdk();
      // What an update leaves out stays. An empty schedule removes one
      // (https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2247).
      await client.send(new UpdateCrawlerCommand({ Schedule: '', Classifiers: [], ...ours }));
    },
    tag: ofTags.tag,
  };
}
