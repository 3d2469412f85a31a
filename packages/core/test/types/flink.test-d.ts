import {
  deriveFlinkJob,
  deriveFlinkNotebook,
  deriveFlinkTable,
  type FlinkConnector,
  type FlinkDifferenceCode,
  type TableSchema,
} from '../../src/index.ts';

declare const schema: TableSchema;

const stream = { connector: 'kinesis', streamArn: 'arn' } as const;
const legacy = { connector: 'kinesis-legacy', stream: 'clicks', region: 'eu-central-1' } as const;
const sink = (): FlinkConnector => stream;

deriveFlinkTable(schema, stream, { latenessSeconds: 5 }).differences[0]?.code satisfies
  | FlinkDifferenceCode
  | undefined;
// @ts-expect-error each connector has its own options
deriveFlinkTable(schema, { connector: 'kinesis', stream: 'clicks', region: 'eu-central-1' });
// @ts-expect-error no such connector
deriveFlinkTable(schema, { connector: 'kafka', topic: 'clicks' });

deriveFlinkJob(schema, {
  source: stream,
  sink,
  questions: ['funnel'],
  parameters: { funnel: { withinMinutes: 5 } },
});
deriveFlinkJob(schema, {
  source: stream,
  sink,
  metrics: [{ name: 'carts', streaming: { question: 'funnel', parameters: { steps: ['view', 'cart'] } } }],
});
// @ts-expect-error a metric asks a question that there is
deriveFlinkJob(schema, { source: stream, sink, metrics: [{ name: 'a', streaming: { question: 'carts' } }] });
// @ts-expect-error no such question
deriveFlinkJob(schema, { source: stream, sink, questions: ['retention'] });
// @ts-expect-error a question has its own parameters
deriveFlinkJob(schema, { source: stream, sink, parameters: { funnel: { seconds: 5 } } });
// @ts-expect-error answers go somewhere
deriveFlinkJob(schema, { source: stream });

deriveFlinkNotebook(schema, { source: legacy });
// @ts-expect-error Studio has the former connector
deriveFlinkNotebook(schema, { source: stream });
