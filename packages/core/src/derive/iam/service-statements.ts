import type { AwsTarget } from '../../catalog/aws-target.ts';
import { type PublishedService, publishesTable } from '../../catalog/published-services.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { crawlerPlace } from '../crawler/crawler-place.ts';
import { dataQualityName } from '../data-quality/data-quality-ruleset.ts';
import { dataBrewName, dataBrewRole } from '../databrew/databrew-place.ts';
import { deliveryStreamArn, firehosePlace, firehoseRole } from '../firehose/firehose-place.ts';
import { glueArns } from './arns.ts';
import type { ReasonedStatement } from './policy-document.ts';

type ServiceStatements = (tables: readonly string[], target: AwsTarget) => ReasonedStatement[];

interface DataBrewKind {
  /** As ARNs name it. */
  readonly kind: string;
  readonly actions: readonly [create: string, describe: string, update: string];
}

const kindOf = (kind: string, word: string, described = word): DataBrewKind => ({
  kind,
  actions: [`databrew:Create${word}`, `databrew:Describe${described}`, `databrew:Update${word}`],
});

const databrewKinds = ({ dataBrew = {} }: AwsTarget): readonly DataBrewKind[] => [
  kindOf('dataset', 'Dataset'),
  kindOf('recipe', 'Recipe'),
  kindOf('job', 'RecipeJob', 'Job'),
  kindOf('ruleset', 'Ruleset'),
  ...(dataBrew.schedule === undefined ? [] : [kindOf('schedule', 'Schedule')]),
  ...(dataBrew.project ? [kindOf('project', 'Project')] : []),
];

/** Creation with tags needs the right to tag as well (https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsgluedatabrew.html). */
const services: { readonly [Service in PublishedService]: ServiceStatements } = {
  dataBrew(tables, target) {
    const kinds = databrewKinds(target);
    const arn = (kind: string, name: string): string =>
      `arn:${target.partition}:databrew:${target.region}:${target.account}:${kind}/${name}`;
    return [
      {
        Sid: 'CreateDataBrew',
        Effect: 'Allow',
        Action: kinds.map(({ actions: [create] }) => create),
        Resource: ['*'],
        reason: 'On *: DataBrew has no resource for something that does not exist yet',
      },
      {
        Sid: 'KeepDataBrew',
        Effect: 'Allow',
        Action: [
          ...kinds.flatMap(({ actions: [, describe, update] }) => [describe, update]),
          'databrew:PublishRecipe',
          'databrew:TagResource',
        ],
        Resource: tables.flatMap((table) => kinds.map(({ kind }) => arn(kind, dataBrewName(target, table)))),
        reason: `What DataBrew keeps for ${tables.join(', ')}. Nothing is deleted, and no job is started`,
      },
      passRole('PassDataBrewRole', dataBrewRole(target), 'databrew.amazonaws.com', 'DataBrew'),
    ];
  },
  crawler(tables, target) {
    const places = tables.map((table) => crawlerPlace(table, target));
    const databases = [...new Set(places.map(({ database }) => database))];
    return [
      {
        Sid: 'CreateCrawlers',
        Effect: 'Allow',
        Action: ['glue:CreateCrawler'],
        Resource: ['*'],
        reason: 'On *: Glue has no resource for a crawler that does not exist yet',
      },
      {
        Sid: 'KeepCrawlers',
        Effect: 'Allow',
        Action: ['glue:GetCrawler', 'glue:UpdateCrawler', 'glue:GetTags', 'glue:TagResource'],
        Resource: places.map(({ name }) => glueArn(target, `crawler/${name}`)),
        reason: `The crawlers of ${tables.join(', ')}. None is deleted or started`,
      },
      {
        Sid: 'MakeLandingDatabase',
        Effect: 'Allow',
        Action: ['glue:GetDatabase', 'glue:CreateDatabase'],
        Resource: [...new Set(databases.flatMap((database) => glueArns({ ...target, database }, [])))],
        reason: 'The database that crawlers write to; publishing changes no table in it',
      },
      ...[...new Set(places.map(({ role }) => role))].map((role) =>
        passRole('PassCrawlerRole', role, 'glue.amazonaws.com', 'Glue'),
      ),
    ];
  },
  dataQuality: (tables, target) => [
    {
      Sid: 'CreateDataQuality',
      Effect: 'Allow',
      Action: ['glue:CreateDataQualityRuleset'],
      Resource: ['*'],
      reason: 'On *: Glue has no resource for a ruleset that does not exist yet',
    },
    {
      Sid: 'KeepDataQuality',
      Effect: 'Allow',
      Action: [
        'glue:GetDataQualityRuleset',
        'glue:UpdateDataQualityRuleset',
        'glue:GetTags',
        'glue:TagResource',
      ],
      Resource: tables.map((table) =>
        glueArn(target, `dataQualityRuleset/${dataQualityName(target, table)}`),
      ),
      reason: `The data quality rules of ${tables.join(', ')}. None is deleted, and no evaluation is started`,
    },
  ],
  stream(tables, target) {
    const places = tables.map((table) => firehosePlace(table, target));
    return [
      {
        Sid: 'KeepDeliveryStreams',
        Effect: 'Allow',
        Action: [
          'firehose:CreateDeliveryStream',
          'firehose:DescribeDeliveryStream',
          'firehose:UpdateDestination',
          'firehose:ListTagsForDeliveryStream',
          'firehose:TagDeliveryStream',
        ],
        Resource: places.map(({ name }) => deliveryStreamArn(target, name)),
        reason: `The delivery streams of ${tables.join(', ')}. None is deleted, and no record is written`,
      },
      passRole('PassFirehoseRole', firehoseRole(target), 'firehose.amazonaws.com', 'Firehose'),
    ];
  },
};

const glueArn = ({ partition, region, account }: AwsTarget, resource: string): string =>
  `arn:${partition}:glue:${region}:${account}:${resource}`;

const passRole = (Sid: string, role: string, service: string, words: string): ReasonedStatement => ({
  Sid,
  Effect: 'Allow',
  Action: ['iam:PassRole'],
  Resource: [role],
  Condition: { StringEquals: { 'iam:PassedToService': [service] } },
  reason: `What is published runs as this role; it can be handed to ${words} only`,
});

/** The statements for publishing the services that the config has beside the tables. None when it has no such service. */
export const serviceStatements = (tables: readonly TableSchema[], target: AwsTarget): ReasonedStatement[] =>
  (Object.keys(services) as PublishedService[]).flatMap((service) => {
    const names = tables.map(({ name }) => name).filter((name) => publishesTable(target, service, name));
    return names.length > 0 ? services[service](names, target) : [];
  });
