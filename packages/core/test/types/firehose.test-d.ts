import {
  type AwsTarget,
  deriveFirehose,
  deriveGlueTable,
  deriveIamPolicy,
  firehoseProblems,
  type TableSchema,
} from '../../src/index.ts';

declare const schema: TableSchema;
declare const target: AwsTarget;

// Without options everything is as the config says, or has its default.
deriveFirehose(schema, target).DeliveryStreamType satisfies 'KinesisStreamAsSource' | 'DirectPut';
deriveFirehose(schema, target, { source: 'direct', keys: { user_id: 'userId' }, bufferSize: 64 });
// @ts-expect-error records come from a stream or from calls
deriveFirehose(schema, target, { source: 'msk' });
// @ts-expect-error a column has one key
deriveFirehose(schema, target, { keys: { user_id: ['userId', 'uid'] } });
deriveGlueTable(schema, target, { layer: 'stream' });
// @ts-expect-error no such layer
deriveGlueTable(schema, target, { layer: 'firehose' });

// The rules read any destination, and name the member.
firehoseProblems({ Prefix: 'a/' })[0]?.field satisfies string | undefined;
// @ts-expect-error a size is a number
firehoseProblems({ BufferingHints: { SizeInMBs: '64' } });

deriveIamPolicy([schema], target, 'firehose', { transform: 'arn:aws:lambda:eu-central-1:1:function:clean' });
// @ts-expect-error no such role
deriveIamPolicy([schema], target, 'kinesis');
