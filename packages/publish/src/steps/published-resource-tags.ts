import type { AwsTarget, PublishedService, TableSchema } from '@headwater/core';
import { crawlerResource } from './resource/crawler-resource.ts';
import { dataQualityResource } from './resource/data-quality-resource.ts';
import { databrewResources } from './resource/databrew-resources.ts';
import { firehoseResource } from './resource/firehose-resource.ts';
import { deployedTags, type PublishedResource, recordedTags, type Tags } from './resource/resource-step.ts';

/** What a resource is needs no client: only its calls do, and none is made here. */
const noClient = undefined as never;

const resourcesOf: {
  readonly [Service in PublishedService]: (
    schema: TableSchema,
    version: string,
    target: AwsTarget,
  ) => readonly PublishedResource[];
} = {
  dataBrew: (schema, version, target) => databrewResources(noClient, schema, version, target),
  crawler: (schema, _, target) => [crawlerResource(noClient, schema, target)],
  dataQuality: (schema, _, target) => [dataQualityResource(noClient, schema, target)],
  stream: (schema, _, target) => [firehoseResource(noClient, schema, target)],
};

/**
 * What CloudFormation is documented to replace when its tags change, and cannot replace, because it has a name
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-databrew-recipe.html). Of DataBrew, rulesets alone are
 * not so.
 */
const replacedWithTags: ReadonlySet<string> = new Set([
  'databrew-dataset',
  'databrew-recipe',
  'databrew-job',
  'databrew-schedule',
  'databrew-project',
]);

/**
 * The tags of what publishing keeps in a service for a table, by the kind of the resource: with them, a stack that makes it leaves publishing
 * nothing to do. One of them is the record by which publishing takes it for its own, and sees what others changed. Where the stack could not
 * change its tags, the record is the same whatever the definition, and what others change shows after the next publication alone.
 *
 * @param version the saved version of the schema, which recipes of DataBrew name
 * @example publishedResourceTags('stream', clickstream.schema, '3', target)['delivery-stream'] // { 'headwater:table': 'clickstream', 'headwater-published': 'type:...' }
 */
export const publishedResourceTags = (
  service: PublishedService,
  schema: TableSchema,
  version: string,
  target: AwsTarget,
): Readonly<Record<string, Tags>> =>
  Object.fromEntries(
    resourcesOf[service](schema, version, target).map((resource) => [
      resource.kind,
      replacedWithTags.has(resource.kind) ? deployedTags(resource) : recordedTags(resource),
    ]),
  );
