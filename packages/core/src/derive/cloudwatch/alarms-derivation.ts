import { z } from 'zod';
import { defineDerivation, jsonText } from '../derivation.ts';
import { deriveAlarms } from './alarms.ts';
import { deriveLoadAlarms, deriveQueryAlarms } from './lake-alarms.ts';

/** The alarms of a table's stream, as calls in order. */
export const alarmsDerivation = defineDerivation({
  description:
    'Calls of CloudWatch that make the alarms of a table over its stream, and detectors of what is usual',
  details:
    'aws.stream.alarms of the config says what runs, whom alarms tell, what is too much, and on which days the shop is not as usual: what is ' +
    'usual follows the zone of the table, and is not learned from those days. Each call is one of aws cloudwatch put-metric-alarm or ' +
    'put-anomaly-detector.',
  needs: 'target',
  options: z.object({
    topicArn: z
      .string()
      .optional()
      .describe('ARN of the topic that alarms tell (default: that of aws.stream.alarms, or none)'),
    namespace: z
      .string()
      .optional()
      .describe("Namespace of the functions' metrics (default: that of aws.stream.alarms, or Headwater)"),
  }),
  examples: [
    ['--topic-arn arn:aws:sns:eu-central-1:123456789012:shop-alarms', 'Alarms that tell a topic'],
    ['', 'For the first table of the config'],
  ],
  derive: ({ schema, target }, { topicArn, namespace }) =>
    jsonText(deriveAlarms(schema, target, { topicArn, namespace })),
});

const lakeOptions = z.object({
  topicArn: z
    .string()
    .optional()
    .describe('ARN of the topic that alarms tell (default: that of aws.alarms, or none)'),
});

/** The alarms of a table's loads, as calls in order. */
export const loadAlarmsDerivation = defineDerivation({
  description:
    "Calls of CloudWatch that make the alarms of a table's loads: failures, freshness, rejected rows",
  details:
    'aws.alarms of the config says whom alarms tell and what is too much. The pipeline writes the metrics Headwater/Lake after each commit ' +
    '(headwater derive load-pipeline). Each call is one of aws cloudwatch put-metric-alarm or put-anomaly-detector.',
  needs: 'target',
  options: lakeOptions,
  examples: [['', 'For the first table of the config']],
  derive: ({ schema, target }, { topicArn }) => jsonText(deriveLoadAlarms(schema, target, { topicArn })),
});

/** The alarms of the queries of a lake, as calls in order. */
export const queryAlarmsDerivation = defineDerivation({
  description: 'Calls of CloudWatch that make the alarms of queries on Athena: bytes, failures, waiting',
  details: 'They are of the workgroup of the config, whatever the table. aws.alarms says what is too much.',
  needs: 'target',
  options: lakeOptions,
  examples: [['', 'For the workgroup of the config']],
  derive: ({ target }, { topicArn }) => jsonText(deriveQueryAlarms(target, { topicArn })),
});
