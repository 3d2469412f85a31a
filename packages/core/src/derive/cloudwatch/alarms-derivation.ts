import { z } from 'zod';
import { defineDerivation, jsonText } from '../derivation.ts';
import { deriveAlarms } from './alarms.ts';

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
