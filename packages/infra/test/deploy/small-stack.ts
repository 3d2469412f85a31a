import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnOutput, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { CfnNamedQuery } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { type SynthesizedStack, synthesizedStack } from '../../src/deploy/stack/synthesized-stack.ts';

/** What a small stack has. */
export interface SmallStack {
  readonly name: string;
  readonly region?: string;
  readonly versioned?: boolean;
  /** Whether the function may write to the bucket, and not only read. */
  readonly writes?: boolean;
  /** The name of the stream; null for none. */
  readonly stream?: string | null;
  /** Whether the records of the stream stay when it goes. */
  readonly keepsRecords?: boolean;
  readonly tableDatabase?: string;
  /** Whether its resources have the tag of the platform. */
  readonly isTagged?: boolean;
  /** The number of the saved version that its table has. */
  readonly version?: string;
  /** Whether its database and table of Glue stay when it is deleted. */
  readonly keepsCatalog?: boolean;
  /** The SQL of its named query; none where it is absent. */
  readonly query?: string;
}

/** A stack with a bucket that stays, a stream, a function with its role, and a table of Glue: synthesized, in a folder of its own. */
export function synthesizeSmallStack({
  name,
  region = 'us-east-1',
  versioned = false,
  writes = false,
  stream = `${name}-events`,
  keepsRecords = false,
  tableDatabase = name,
  isTagged = true,
  version = '1.0.0',
  keepsCatalog = false,
  query,
}: SmallStack): SynthesizedStack & Disposable {
  const folder = mkdtempSync(join(tmpdir(), 'headwater-small-stack-'));
  const app = new App({ outdir: join(folder, 'out'), analyticsReporting: false });
  const stack = new Stack(app, name, { env: { account: '123456789012', region } });
  const lake = new Bucket(stack, 'Lake', {
    bucketName: `${name}-lake`,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    versioned,
  });
  if (stream !== null)
    new Stream(stack, 'Events', {
      streamName: stream,
      shardCount: 1,
      removalPolicy: keepsRecords ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  writeFileSync(join(folder, 'index.mjs'), 'export const handler = async () => ({});\n');
  const counter = new Lambda(stack, 'Counter', {
    functionName: `${name}-counter`,
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromAsset(folder, { exclude: ['out'] }),
  });
  lake.grantRead(counter);
  if (writes) lake.grantPut(counter);
  const database = new CfnDatabase(stack, 'Database', {
    catalogId: '123456789012',
    databaseInput: { name: tableDatabase },
  });
  const table = new CfnTable(stack, 'Table', {
    catalogId: '123456789012',
    databaseName: tableDatabase,
    tableInput: {
      name: 'clicks',
      tableType: 'EXTERNAL_TABLE',
      parameters: { 'headwater.version': version, 'headwater.snapshot': `digest of ${version}` },
      storageDescriptor: { columns: [{ name: 'at', type: 'timestamp' }] },
    },
  });
  table.addResourceDependency(database);
  if (keepsCatalog)
    for (const one of [database, table]) one.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  if (query !== undefined)
    new CfnNamedQuery(stack, 'Query', {
      name: `${name}: clicks of a day`,
      database: tableDatabase,
      queryString: query,
    }).addResourceDependency(database);
  if (isTagged) Tags.of(stack).add('headwater:database', name);
  new CfnOutput(stack, 'LakeBucket', { value: lake.bucketName });
  return {
    ...synthesizedStack(app.synth()),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
