import { type DeployClients, unlessMissing } from '../aws/deploy-clients.ts';
import { bucketData } from './bucket-data.ts';
import { glueDatabase, glueTable, schemaRegistry } from './glue-data.ts';

/** How much is in a resource. */
export interface DataSize {
  readonly count: number;
  /** What is counted: `object`. */
  readonly unit: string;
  /** Bytes of it, where the service says. */
  readonly bytes?: number;
  /** Whether there is more: counting ended before the end. */
  readonly isMore: boolean;
}

/** How a kind of resource that stays is looked up and deleted. Names are those of the service. */
export interface DataKind {
  /** Undefined where there is no such resource, null where nothing in it is counted. */
  size(clients: DeployClients, name: string): Promise<DataSize | null | undefined>;
  /** Tags, for kinds that have some; undefined where there is no such resource. */
  tags?(clients: DeployClients, name: string): Promise<Readonly<Record<string, string>> | undefined>;
  /**
   * Why it stays although the stack made it, where others made it or keep something in it; undefined where nothing speaks against deleting it.
   *
   * @param ours what is deleted before it: tables of Glue as `database.table`, schemas as `registry/schema`
   */
  staysBecause?(clients: DeployClients, name: string, ours: ReadonlySet<string>): Promise<string | undefined>;
  /** Deletes it with everything in it. Called again after it was interrupted, it does the rest. */
  remove(clients: DeployClients, name: string, options: RemoveOptions): Promise<void>;
}

export interface RemoveOptions {
  /** Called with how many parts of it are gone. */
  readonly onRemoved?: (count: number) => void;
  readonly signal?: AbortSignal | undefined;
}

const tagsOf = (tags: readonly { Key?: string | undefined; Value?: string | undefined }[] = []) =>
  Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));

const stream: DataKind = {
  async size({ kinesis }, name) {
    const { DescribeStreamSummaryCommand } = await import('@aws-sdk/client-kinesis');
    const found = await unlessMissing(kinesis.send(new DescribeStreamSummaryCommand({ StreamName: name })));
    // A stream does not say how much is in it, only how long it stays.
    return (
      found && {
        count: found.StreamDescriptionSummary?.RetentionPeriodHours ?? 0,
        unit: 'hour',
        isMore: false,
      }
    );
  },
  async tags({ kinesis }, name) {
    const { ListTagsForStreamCommand } = await import('@aws-sdk/client-kinesis');
    const found = await unlessMissing(kinesis.send(new ListTagsForStreamCommand({ StreamName: name })));
    return found && tagsOf(found.Tags);
  },
  async remove({ kinesis }, name) {
    const { DeleteStreamCommand } = await import('@aws-sdk/client-kinesis');
    await unlessMissing(
      kinesis.send(new DeleteStreamCommand({ StreamName: name, EnforceConsumerDeletion: true })),
    );
  },
};

const dynamoTable: DataKind = {
  async size({ dynamoDb }, name) {
    const { DescribeTableCommand } = await import('@aws-sdk/client-dynamodb');
    const found = await unlessMissing(dynamoDb.send(new DescribeTableCommand({ TableName: name })));
    const { ItemCount = 0, TableSizeBytes = 0 } = found?.Table ?? {};
    return found && { count: ItemCount, unit: 'item', bytes: TableSizeBytes, isMore: false };
  },
  async tags({ dynamoDb }, name) {
    const { DescribeTableCommand, ListTagsOfResourceCommand } = await import('@aws-sdk/client-dynamodb');
    const found = await unlessMissing(dynamoDb.send(new DescribeTableCommand({ TableName: name })));
    const arn = found?.Table?.TableArn;
    if (arn === undefined) return undefined;
    return tagsOf((await dynamoDb.send(new ListTagsOfResourceCommand({ ResourceArn: arn }))).Tags);
  },
  async remove({ dynamoDb }, name) {
    const { DeleteTableCommand, UpdateTableCommand } = await import('@aws-sdk/client-dynamodb');
    // The stack protects it against deletion, and this is the deletion that is meant.
    await unlessMissing(
      dynamoDb.send(new UpdateTableCommand({ TableName: name, DeletionProtectionEnabled: false })),
    );
    await unlessMissing(dynamoDb.send(new DeleteTableCommand({ TableName: name })));
  },
};

/** The kinds of resources with data that `--delete-data` deletes, by their types in CloudFormation. */
export const dataKinds: Readonly<Record<string, DataKind>> = {
  'AWS::Glue::Table': glueTable,
  'AWS::Glue::Registry': schemaRegistry,
  'AWS::Glue::Database': glueDatabase,
  'AWS::Kinesis::Stream': stream,
  'AWS::DynamoDB::Table': dynamoTable,
  'AWS::DynamoDB::GlobalTable': dynamoTable,
  'AWS::S3::Bucket': bucketData,
};

/** Types in the order in which they are deleted: a database after its tables, and what is dear last. */
export const deletionOrder: readonly string[] = Object.keys(dataKinds);
