import {
  type AwsConfig,
  awsTarget,
  deriveAlarms,
  deriveIamPolicy,
  deriveLakeFormation,
  type TableSchema,
} from '../../src/index.ts';

declare const awsConfig: AwsConfig;
declare const schema: TableSchema;
const target = awsTarget(awsConfig);

// The last day is a text, and may be left out.
awsTarget({ ...awsConfig, lastDay: '2024-12-31' }).lastDay satisfies string | undefined;
// @ts-expect-error a day is no Date
awsTarget({ ...awsConfig, lastDay: new Date() });

// What is published beside the tables is asked for by its presence, with settings of its own.
awsTarget({ ...awsConfig, dataBrew: {}, crawler: { format: 'json' }, dataQuality: {} });
awsTarget({ ...awsConfig, dataBrew: { schedule: 'cron(0 3 * * ? *)', project: true } }).dataBrew
  ?.output satisfies string | undefined;
// @ts-expect-error no such format
awsTarget({ ...awsConfig, dataBrew: { format: 'excel' } });
// @ts-expect-error a crawler writes no files
awsTarget({ ...awsConfig, crawler: { output: 's3://shop/out' } });
// @ts-expect-error what is asked for has its settings in an object
awsTarget({ ...awsConfig, dataQuality: true });

// A stream has two names at least, and is of one table.
awsTarget({ ...awsConfig, stream: { name: 'shop-clicks', sessionsTable: 'shop-sessions' } }).stream
  ?.topicArn satisfies string | undefined;
// @ts-expect-error live state has a table
awsTarget({ ...awsConfig, stream: { name: 'shop-clicks' } });
// @ts-expect-error a buffer has a size in MiB, as a number
awsTarget({ ...awsConfig, stream: { name: 'a', sessionsTable: 'abc', bufferSize: '64' } });

// Alarms watch functions by what they do, and days are from one to another.
const stream = { name: 'shop-clicks', sessionsTable: 'shop-sessions' };
const unusualDays = [{ from: '2026-11-27', to: '2026-11-30' }];
awsTarget({
  ...awsConfig,
  stream: { ...stream, alarms: { functions: { sessions: 'clicks' }, unusualDays } },
});
awsTarget({ ...awsConfig, stream: { ...stream, alarms: { off: ['unread', 'sessions-errors'] } } });
// @ts-expect-error no such alarm
awsTarget({ ...awsConfig, stream: { ...stream, alarms: { off: ['quiet'] } } });
// @ts-expect-error no such function
awsTarget({ ...awsConfig, stream: { ...stream, alarms: { functions: { session: 'clicks' } } } });
// @ts-expect-error a range has two ends
awsTarget({ ...awsConfig, stream: { ...stream, alarms: { unusualDays: [{ from: '2026-11-27' }] } } });
for (const call of deriveAlarms(schema, target, { unusualDays }))
  if (call.operation === 'PutMetricAlarm') call.input.AlarmName satisfies string;
  else call.input.Configuration.ExcludedTimeRanges[0]?.StartTime satisfies Date | undefined;

// Readers who may not see every column are of a known class, and policies know how Athena gets at files.
awsTarget({ ...awsConfig, permissionClasses: ['no_pii', 'no_direct_pii'] });
// @ts-expect-error no such class
awsTarget({ ...awsConfig, permissionClasses: ['everyone'] });
deriveIamPolicy([schema], target, 'analyst', { permissionClass: 'no_pii', access: 'lake-formation' });
// @ts-expect-error no such access
deriveIamPolicy([schema], target, 'analyst', { access: 'direct' });
// @ts-expect-error tags and filters are not combined
deriveLakeFormation(schema, target, { by: ['tags', 'filters'] });
