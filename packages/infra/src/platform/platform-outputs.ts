import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { PlatformFacts } from '../platform-context.ts';

/** What the stack says when it is deployed: where to put files, and where to look. */
export function platformOutputs(
  scope: Construct,
  { target, tables, has, landing, config }: PlatformFacts,
): void {
  const [table] = tables;
  const { region, database, workgroup, stream } = target;
  const board = `https://${region}.quicksight.aws.amazon.com/sn/dashboards/headwater-${database}-${table?.name}-dashboard`;
  const outputs: Readonly<Record<string, readonly [description: string, value: string | undefined]>> = {
    Lake: ['The lake', target.location],
    Landing: ['Where raw files land', table && landing(table.name)],
    Database: ['The database of the Glue Data Catalog', database],
    Workgroup: ['The workgroup of queries on Athena', has('catalog') ? workgroup : undefined],
    Stream: ['The Kinesis stream of events', has('stream') ? stream?.name : undefined],
    Board: ['The dashboard on QuickSight', has('quicksight') && config.quicksight ? board : undefined],
  };
  for (const [id, [description, value]] of Object.entries(outputs))
    if (value !== undefined) new CfnOutput(scope, id, { description, value }).overrideLogicalId(id);
}
