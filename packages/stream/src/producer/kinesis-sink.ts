import type * as Sdk from '@aws-sdk/client-kinesis';
import { packageMissing } from '@headwater/core/internal';
import type { PutEntry, PutResult, RecordSink } from './record-sink.ts';

/** A stream of Kinesis. */
export interface KinesisPlace {
  /** Its name, or its ARN. */
  readonly streamName: string;
  /** A client of yours, which stays open. */
  readonly client?: Sdk.KinesisClient | undefined;
  /** Or the settings of a client that is made, and closed with the producer. Defaults to those of the environment. */
  readonly clientConfig?: Sdk.KinesisClientConfig | undefined;
}

/** A sink that may hold connections. */
export interface KinesisSink extends RecordSink {
  /** Closes the client, if the sink made it. */
  close(): Promise<void>;
}

const purpose = 'Sending to Kinesis';
/** An answer takes some hundred milliseconds; a request without one is sent again. */
const patience = { connectionTimeout: 5000, requestTimeout: 30_000, throwOnRequestTimeout: true };

/**
 * Puts records into a stream of Kinesis. A client that it makes speaks HTTP/1.1 (the one of the SDK speaks HTTP/2, which no local Kinesis
 * does, and whose one connection all requests share), gives up a request after 30 s, and does not repeat requests: the sender does.
 */
export function kinesisSink({ streamName, client: given, clientConfig }: KinesisPlace): KinesisSink {
  let opened: Promise<{ sdk: typeof Sdk; client: Sdk.KinesisClient }> | undefined;
  const open = async () => {
    const sdk = await import('@aws-sdk/client-kinesis').catch(
      packageMissing('@aws-sdk/client-kinesis', purpose),
    );
    if (given) return { sdk, client: given };
    const { NodeHttpHandler } = await import('@smithy/node-http-handler').catch(
      packageMissing('@smithy/node-http-handler', purpose),
    );
    const requestHandler = new NodeHttpHandler(patience);
    return { sdk, client: new sdk.KinesisClient({ maxAttempts: 1, requestHandler, ...clientConfig }) };
  };
  const stream = streamName.startsWith('arn:') ? { StreamARN: streamName } : { StreamName: streamName };
  return {
    async putRecords(entries, { signal } = {}) {
      opened ??= open();
      const { sdk, client } = await opened;
      const command = new sdk.PutRecordsCommand({ ...stream, Records: entries.map(recordOf) });
      const { Records = [] } = await client.send(command, signal && { abortSignal: signal });
      return Records.map(resultOf);
    },
    async close() {
      const client = await opened?.then((one) => one.client);
      if (given === undefined) client?.destroy();
    },
  };
}

function recordOf({ data, partitionKey, explicitHashKey }: PutEntry): Sdk.PutRecordsRequestEntry {
  return {
    Data: data,
    PartitionKey: partitionKey,
    ...(explicitHashKey !== undefined && { ExplicitHashKey: explicitHashKey }),
  };
}

function resultOf({
  SequenceNumber,
  ShardId,
  ErrorCode,
  ErrorMessage,
}: Sdk.PutRecordsResultEntry): PutResult {
  return SequenceNumber !== undefined && ErrorCode === undefined
    ? { sequenceNumber: SequenceNumber, shardId: ShardId ?? '' }
    : { errorCode: ErrorCode ?? 'InternalFailure', errorMessage: ErrorMessage ?? '' };
}
