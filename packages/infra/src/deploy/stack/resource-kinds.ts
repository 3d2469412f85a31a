import type { TemplateResource } from './stack-template.ts';

interface ResourceKind {
  /** What it is called. */
  readonly words: string;
  /** What is lost with it. Absent where nothing is that a deployment does not make again. */
  readonly data?: string;
}

/** Types of resources that people know by another name than that of CloudFormation, or whose loss is one of data. */
const kinds: Readonly<Record<string, ResourceKind>> = {
  'AWS::Athena::NamedQuery': { words: 'named query' },
  'AWS::Athena::WorkGroup': { words: 'Athena workgroup' },
  'AWS::CloudWatch::Alarm': { words: 'alarm' },
  'AWS::CloudWatch::Dashboard': { words: 'CloudWatch dashboard' },
  'AWS::DynamoDB::GlobalTable': { words: 'DynamoDB table', data: 'items' },
  'AWS::DynamoDB::Table': { words: 'DynamoDB table', data: 'items' },
  'AWS::Events::Rule': { words: 'event rule' },
  'AWS::Glue::Crawler': { words: 'crawler' },
  'AWS::Glue::DataQualityRuleset': { words: 'data quality ruleset' },
  'AWS::Glue::Database': { words: 'Glue database' },
  'AWS::Glue::Job': { words: 'Glue job' },
  'AWS::Glue::Registry': { words: 'schema registry', data: 'versions of schemas' },
  'AWS::Glue::Schema': { words: 'registered schema', data: 'versions of schemas' },
  'AWS::Glue::Table': { words: 'Glue table' },
  'AWS::IAM::ManagedPolicy': { words: 'managed policy' },
  'AWS::IAM::Policy': { words: 'policy' },
  'AWS::IAM::Role': { words: 'role' },
  'AWS::KMS::Key': { words: 'key', data: 'everything that it encrypts' },
  'AWS::Kinesis::Stream': { words: 'Kinesis stream', data: 'records' },
  'AWS::KinesisAnalyticsV2::Application': { words: 'Flink application', data: 'state of the job' },
  'AWS::KinesisFirehose::DeliveryStream': {
    words: 'delivery stream',
    data: 'records that are not delivered yet',
  },
  'AWS::Lambda::EventSourceMapping': { words: 'event source' },
  'AWS::Lambda::Function': { words: 'function' },
  'AWS::Lambda::Permission': { words: 'permission to invoke' },
  'AWS::Logs::LogGroup': { words: 'log group', data: 'log events' },
  'AWS::Pipes::Pipe': { words: 'pipe' },
  'AWS::S3::Bucket': { words: 'bucket', data: 'objects' },
  'AWS::S3::BucketPolicy': { words: 'bucket policy' },
  'AWS::SNS::Subscription': { words: 'subscription' },
  'AWS::SNS::Topic': { words: 'topic' },
  'AWS::SNS::TopicPolicy': { words: 'topic policy' },
  'AWS::SQS::Queue': { words: 'queue', data: 'messages' },
  'AWS::SQS::QueuePolicy': { words: 'queue policy' },
  'AWS::StepFunctions::StateMachine': { words: 'state machine' },
};

/** What a resource of this type is called: `bucket`; `DataBrew recipe` for types without a word of their own. */
export function kindWords(type: string): string {
  const known = kinds[type]?.words;
  if (known !== undefined) return known;
  const [, service = type, kind = ''] = type.split('::');
  return `${service} ${kind.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()}`.trim();
}

/** What is lost with a resource of this type, in words; undefined where a deployment makes all of it again. */
export const dataOf = (type: string): string | undefined => kinds[type]?.data;

/**
 * The name that a template gives to a resource. Undefined where CloudFormation makes one up, or where it is no plain text.
 *
 * @example nameOf({ Type: 'AWS::S3::Bucket', Properties: { BucketName: 'shop-lake' } }) // 'shop-lake'
 */
export function nameOf({ Type, Properties = {} }: TemplateResource): string | undefined {
  const kind = Type.split('::').at(-1) ?? '';
  const input = Properties[`${kind}Input`];
  const found = [
    Properties[`${kind}Name`],
    Properties['Name'],
    Properties['TableName'],
    typeof input === 'object' && input !== null ? Reflect.get(input, 'Name') : undefined,
  ].find((name) => typeof name === 'string');
  return typeof found === 'string' ? found : undefined;
}

/** The name by which a service finds a resource: that of a table of Glue goes with its database, `shop.clicks`. */
export function serviceName(resource: TemplateResource): string | undefined {
  const name = nameOf(resource);
  return resource.Type === 'AWS::Glue::Table' && name !== undefined
    ? `${String(resource.Properties?.['DatabaseName'])}.${name}`
    : name;
}

/**
 * What a resource is, with its name: `bucket shop-lake`. Without a name, the path of its construct stands for it, or its logical id.
 *
 * @param path as in the metadata of the assembly: `headwater-shop/Platform/alarms/Topic/Resource`
 */
export const resourceWords = (id: string, resource: TemplateResource, path?: string): string =>
  `${kindWords(resource.Type)} ${nameOf(resource) ?? (path && shortPath(path)) ?? id}`;

const shortPath = (path: string): string =>
  path.replace(/^[^/]+\/(Platform\/)?/, '').replace(/\/Resource$/, '');
