import type { PolicyRole } from '@headwater/core';
import { s3Place, sparkJobName, streamOf } from '@headwater/core/internal';
import { isMissing } from '../../aws/refused.ts';
import type { AccountFacts } from './account-check.ts';

/** A call that changes nothing, and what it stands for. */
export interface HarmlessCall {
  readonly action: string;
  readonly roles: readonly PolicyRole[];
  /** @throws what AWS answers. Something that is not there yet is an answer, and no refusal. */
  run(): Promise<void>;
}

const answered = async (call: Promise<unknown>): Promise<void> => {
  await call.catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
};

/** The harmless calls of a role. */
export function harmlessCalls({ target, config, clients, role }: AccountFacts): HarmlessCall[] {
  const { athena, glue, kinesis, s3 } = clients;
  const table = config.tables[0].name;
  const manifests = s3Place(target, `${target.location}/_headwater/${table}`);
  const calls: readonly HarmlessCall[] = [
    {
      action: 'glue:GetTable',
      roles: ['analyst', 'etl', 'publisher'],
      async run() {
        const { GetTableCommand } = await import('@aws-sdk/client-glue');
        await answered(glue.send(new GetTableCommand({ DatabaseName: target.database, Name: table })));
      },
    },
    {
      action: 'athena:GetWorkGroup',
      roles: ['analyst', 'publisher'],
      async run() {
        const { GetWorkGroupCommand } = await import('@aws-sdk/client-athena');
        await answered(athena.send(new GetWorkGroupCommand({ WorkGroup: target.workgroup })));
      },
    },
    {
      action: 's3:ListBucket',
      roles: ['analyst', 'etl', 'spark-job', 'submitter'],
      async run() {
        const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
        const place = { Bucket: manifests.bucket, Prefix: `${manifests.prefix}/` };
        await answered(s3.send(new ListObjectsV2Command({ ...place, MaxKeys: 1 })));
      },
    },
    {
      action: 'glue:GetJob',
      roles: ['submitter'],
      async run() {
        const { GetJobCommand } = await import('@aws-sdk/client-glue');
        await answered(glue.send(new GetJobCommand({ JobName: sparkJobName(target, table) })));
      },
    },
    {
      action: 'kinesis:DescribeStreamSummary',
      roles: ['flink', 'flink-studio'],
      async run() {
        const { DescribeStreamSummaryCommand } = await import('@aws-sdk/client-kinesis');
        await answered(
          kinesis.send(new DescribeStreamSummaryCommand({ StreamName: streamOf(table, target) })),
        );
      },
    },
  ];
  return calls.filter(({ roles }) => role !== undefined && roles.includes(role));
}
