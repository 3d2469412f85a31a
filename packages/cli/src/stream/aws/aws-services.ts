import { type AwsTarget, HeadwaterError } from '@headwater/core';
import { credentialsAdvice } from '@headwater/storage';
import { type LiveStore, sessionRules } from '@headwater/stream';
import { createDynamodbAlertStore, createDynamodbStore } from '@headwater/stream/dynamodb';
import { kinesisConnection } from '@headwater/stream/kinesis';
import { createSnsNotifier } from '@headwater/stream/sns';
import type { ServiceOptions, StreamServices } from '../services/stream-services.ts';
import { ensureResources } from './ensure-resources.ts';
import { runCheckpoints } from './run-checkpoints.ts';
import { openStreamClients } from './stream-clients.ts';
import { streamNames } from './stream-names.ts';
import { takeMessages } from './told-messages.ts';

/** Where the services of a run are. */
export interface AwsPlace {
  /** The address of all services. */
  readonly endpoint: string;
  /** Names, and the region. Defaults apply without it. */
  readonly aws: AwsTarget | undefined;
  readonly lake: string;
}

/** Milliseconds between moments: each asks DynamoDB and SQS. */
const momentMs = 1000;

/**
 * The services of a run on AWS, or on a stand-in of it: Kinesis, DynamoDB, SNS to SQS. Those that are not there are created.
 *
 * The stream outlives the run. So a run goes on to read where an earlier one ended, and what that one sent and did not read is read by it.
 */
export async function awsServices(
  { endpoint, aws, lake }: AwsPlace,
  { table, shards, sessions, onMessage }: ServiceOptions,
): Promise<StreamServices> {
  const clients = openStreamClients(endpoint, aws?.region ?? process.env['AWS_REGION'] ?? 'us-east-1');
  try {
    const names = streamNames(aws, table.name);
    const { created, ...resources } = await ensureResources(clients, names, shards, lake);
    const rules = sessionRules(table, sessions ?? {});
    const place = { client: clients.dynamodb, table: names.table };
    return {
      capabilities: rules.capabilities,
      store: createDynamodbStore(rules, place) as unknown as LiveStore,
      alerts: createDynamodbAlertStore(table, place),
      notifier: createSnsNotifier({ client: clients.sns, topicArn: resources.topicArn }),
      identity: { stream: resources.streamArn, created: resources.streamCreated },
      ...{ isReplayed: false, created, momentMs, countsKept: rules.countsRetention },
      connect: async (folder, after) =>
        kinesisConnection({
          client: clients.kinesis,
          streamName: names.stream,
          streamArn: resources.streamArn,
          checkpoints: runCheckpoints(folder, after),
        }),
      poll: () => takeMessages(clients, resources.queueUrl, onMessage),
      close: async () => clients.destroy(),
    };
  } catch (cause) {
    clients.destroy();
    if (cause instanceof Error && cause.name !== 'HeadwaterError') throw unreachable(endpoint, cause);
    throw cause;
  }
}

/** What to do, by the name or the code of an error. */
const advice: Readonly<Record<string, string>> = {
  ...credentialsAdvice,
  CredentialsProviderError: `${credentialsAdvice['CredentialsProviderError']}. A stand-in of AWS takes any key`,
  ECONNREFUSED: 'nothing listens there (ECONNREFUSED). Start it, or correct --aws-endpoint',
  ENOTFOUND: 'the host is not known (ENOTFOUND). Correct --aws-endpoint',
};

/** The address does not answer, or nothing says who asks. */
function unreachable(endpoint: string, cause: Error): HeadwaterError {
  const code = 'code' in cause ? String(cause.code) : cause.name;
  const problem = advice[cause.name] ?? advice[code] ?? (cause.message.split('\n')[0] || code);
  return new HeadwaterError(
    'STORE_FAILED',
    { lake: endpoint, action: 'find or create the resources of the stream', problem },
    { cause },
  );
}
