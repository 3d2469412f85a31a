import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetTableCommand, type GlueClient } from '@aws-sdk/client-glue';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { DuckDBInstance } from '@duckdb/node-api';
import { jsonCall, type LocalLambda } from '@headwater/local-aws/testing';
import type { StreamRecord } from '@headwater/stream';

/** What of a delivery stream decides where and how it writes. */
interface Destination {
  readonly Prefix: string;
  readonly ErrorOutputPrefix: string;
  readonly BucketARN: string;
  readonly DataFormatConversionConfiguration: {
    readonly SchemaConfiguration: { readonly DatabaseName: string; readonly TableName: string };
  };
}

/** What landed. */
export interface Landed {
  readonly delivered: number;
  readonly failed: number;
}

/**
 * Does with records what a delivery stream does, as it is deployed: asks its function, converts what that gives by the table in Glue to
 * Parquet, and writes both files and failures below its prefixes.
 */
export async function landRecords(
  records: readonly StreamRecord[],
  options: {
    readonly url: string;
    readonly deliveryStream: string;
    readonly transform: LocalLambda;
    readonly s3: S3Client;
    readonly glue: GlueClient;
  },
): Promise<Landed> {
  const { url, deliveryStream, transform, s3, glue } = options;
  const { DeliveryStreamDescription } = await jsonCall(
    url,
    'firehose',
    'Firehose_20150804.DescribeDeliveryStream',
    { DeliveryStreamName: deliveryStream },
    '1.1',
  );
  const destination: Destination =
    Object(DeliveryStreamDescription).Destinations[0].ExtendedS3DestinationDescription;
  const { DatabaseName, TableName } = destination.DataFormatConversionConfiguration.SchemaConfiguration;
  const { Table } = await glue.send(new GetTableCommand({ DatabaseName, Name: TableName }));
  const columns = (Table?.StorageDescriptor?.Columns ?? []).map(
    ({ Name = '', Type = '' }) => [Name, Type] as const,
  );
  const answer = Object(
    await transform.invoke({
      invocationId: 'one',
      deliveryStreamArn: Object(DeliveryStreamDescription).DeliveryStreamARN,
      region: 'us-east-1',
      records: records.map((record, index) => ({
        recordId: String(index),
        approximateArrivalTimestamp: record.arrivedAt?.getTime() ?? 0,
        data: Buffer.from(record.data as Uint8Array).toString('base64'),
      })),
    }),
  );
  const put = (key: string, Body: string | Buffer) =>
    s3.send(new PutObjectCommand({ Bucket: destination.BucketARN.split(':::')[1], Key: key, Body }));
  const days = new Map<string, string[]>();
  const failures: string[] = [];
  for (const { recordId, result, data, metadata } of answer.records) {
    if (result === 'Ok') {
      const day = metadata.partitionKeys.dt;
      days.set(day, [...(days.get(day) ?? []), Buffer.from(data, 'base64').toString().trim()]);
    } else
      failures.push(
        JSON.stringify({
          errorCode: 'Lambda.ProcessingFailedStatus',
          rawData: Buffer.from(records[Number(recordId)]?.data as Uint8Array).toString('base64'),
        }),
      );
  }
  for (const [day, lines] of days)
    await put(
      `${destination.Prefix.replace('!{partitionKeyFromLambda:dt}', day)}${deliveryStream}-1-${day}.parquet`,
      await parquetOf(lines, columns),
    );
  const errors = destination.ErrorOutputPrefix.replace(
    '!{firehose:error-output-type}',
    'processing-failed',
  ).replace(/!\{timestamp:[^}]*\}/, new Date().toISOString().slice(0, 10));
  if (failures.length > 0) await put(`${errors}${deliveryStream}-1`, `${failures.join('\n')}\n`);
  return { delivered: [...days.values()].flat().length, failed: failures.length };
}

/** Types of Hive that DuckDB names otherwise. */
const duckdbType = (type: string): string => ({ string: 'VARCHAR', int: 'INTEGER' })[type] ?? type;

async function parquetOf(
  lines: readonly string[],
  columns: readonly (readonly [name: string, type: string])[],
): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-landed-'));
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await writeFile(join(folder, 'lines.json'), lines.join('\n'));
    const types = columns.map(([name, type]) => `'${name}': '${duckdbType(type)}'`).join(', ');
    await connection.run(
      `COPY (FROM read_json('${folder}/lines.json', format = 'newline_delimited', columns = {${types}}))
       TO '${folder}/file.parquet' (FORMAT parquet)`,
    );
    return await readFile(join(folder, 'file.parquet'));
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(folder, { recursive: true });
  }
}
