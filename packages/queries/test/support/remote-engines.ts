import type { AwsSandbox } from '@headwater/local-aws/testing';
import type { LakeEngine } from '@headwater/queries';
import { athenaEngine } from '@headwater/queries/athena';
import { trinoEngine } from '@headwater/queries/trino';

/** Trino and Athena over the tables of a sandbox. */
export function remoteEngines({ bucket, database, endpoints }: AwsSandbox): readonly LakeEngine[] {
  return [
    trinoEngine({ url: endpoints.trino, catalog: 'awsdatacatalog', schema: database }),
    athenaEngine({
      region: 'us-east-1',
      database,
      workgroup: 'primary',
      results: `s3://${bucket}/_athena`,
    }),
  ];
}
