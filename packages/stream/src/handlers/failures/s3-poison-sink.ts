import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { PoisonRecord, PoisonSink } from './poison-sink.ts';

/** Where the records go. */
export interface S3PoisonSinkOptions {
  readonly client: Pick<S3Client, 'send'>;
  readonly bucket: string;
  /** Defaults to `poison/`. */
  readonly prefix?: string | undefined;
}

/**
 * A failure destination on S3: one object of JSON lines for each shard of a delivery. Its name follows from its records, so a delivery that is
 * repeated replaces the object: `poison/clickstream/dt=2026-01-31/shardId-000000000000/<first>-<last>.jsonl`, by the day on which the first one
 * arrived.
 */
export function createS3PoisonSink({ client, bucket, prefix = 'poison/' }: S3PoisonSinkOptions): PoisonSink {
  return {
    async put(records) {
      for (const some of Map.groupBy(records, ({ shard }) => shard).values())
        await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: `${prefix}${objectName(some)}`,
            Body: some.map((record) => `${JSON.stringify(record)}\n`).join(''),
            ContentType: 'application/x-ndjson',
          }),
        );
      return [];
    },
  };
}

function objectName(records: readonly PoisonRecord[]): string {
  const [first, last] = [records[0], records.at(-1)];
  if (!first || !last) throw new Error('A group has a record');
  const { table, shard, arrivedAt } = first;
  return `${table}/dt=${arrivedAt.slice(0, 10)}/${shard}/${first.sequenceNumber}-${last.sequenceNumber}.jsonl`;
}
