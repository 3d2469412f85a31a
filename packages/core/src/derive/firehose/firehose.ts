import type { AwsTarget } from '../../catalog/aws-target.ts';
import { landedColumns } from '../../catalog/layers/stream-table.ts';
import { s3Place } from '../../catalog/s3-place.ts';
import { bufferSizes, bufferTimes } from '../../catalog/stream-config.ts';
import { streamTableName } from '../../catalog/stream-place.ts';
import { tableTags } from '../../catalog/table-tags.ts';
import { assertWholeNumber } from '../../options/whole-number.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { dayQuery } from './day-query.ts';
import type { FirehoseDeliveryStream, FirehoseProcessor } from './delivery-stream.ts';
import { type FirehosePlace, type FirehosePlaceOptions, firehosePlace } from './firehose-place.ts';
import { recordKeys } from './record-keys.ts';

/** Options of {@link deriveFirehose}. They win over `stream` of the config. */
export interface FirehoseOptions extends FirehosePlaceOptions {
  /** Without a transform: the JSON keys of columns that records have under another name. */
  readonly keys?: Readonly<Record<string, string>> | undefined;
  /** A file is written once its buffer has so many MiB, 64 to 128. Defaults to 128. */
  readonly bufferSize?: number | undefined;
  /** A file is written after so many seconds at the latest, 60 to 900. Defaults to 300. */
  readonly bufferSeconds?: number | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/**
 * The delivery stream of a table, as the input of Firehose's CreateDeliveryStream: it reads the Kinesis stream of the config, has a
 * function clean the records where there is one, converts them to Parquet by the Glue table `<table>__stream`, and writes them to folders
 * by the day of the event.
 *
 * Firehose cannot commit a manifest, so it does not write to the lake: it writes to a landing folder, which `headwater etl adopt`
 * reads, as it does the folder of records that were not converted. So batch and stream are in one table, and every record is a row of
 * it, a duplicate, or in the quarantine.
 *
 * - With a `transform` the table has the types of clean events, and the day comes from the function
 *   (`metadata.partitionKeys.dt`).
 * - Without one every column is text, and the day is found by jq. Firehose would change a value that is not of its column's type in
 *   silence; so it carries the texts, and adopting cleans them.
 *
 * @throws HeadwaterError `FIREHOSE_UNSUPPORTED` for records that Firehose would read in part, `TYPE_UNSUPPORTED` for a column that it
 *   cannot carry, `OPTION_INVALID` for an option that it would refuse
 * @example await firehose.send(new CreateDeliveryStreamCommand(deriveFirehose(clickstream.schema, target)))
 */
export function deriveFirehose(
  schema: TableSchema,
  target: AwsTarget,
  options: FirehoseOptions = {},
): FirehoseDeliveryStream {
  const { stream: config } = target;
  const place = firehosePlace(schema.name, target, options);
  const bufferSize = options.bufferSize ?? config?.bufferSize ?? bufferSizes.most;
  const bufferSeconds = options.bufferSeconds ?? config?.bufferSeconds ?? 300;
  assertWholeNumber('bufferSize', bufferSize, bufferSizes.least, bufferSizes.most);
  assertWholeNumber('bufferSeconds', bufferSeconds, bufferTimes.least, bufferTimes.most);
  const columns = landedColumns(schema, place.form);
  const keys =
    place.form === 'records'
      ? recordKeys(schema, options.keys ?? config?.keys)
      : Object.fromEntries(columns.map(({ name }) => [name, name]));
  const files = s3Place(target, place.files);
  const errors = s3Place(target, place.errors);
  const day = place.form === 'records' ? 'partitionKeyFromQuery:dt' : 'partitionKeyFromLambda:dt';
  return {
    DeliveryStreamName: place.name,
    ...sourceOf(place, target),
    ExtendedS3DestinationConfiguration: {
      RoleARN: place.role,
      BucketARN: files.bucketArn,
      Prefix: `${files.prefix}/dt=!{${day}}/`,
      // The day of arrival: a record without a day of its own is among those that failed.
      ErrorOutputPrefix: `${errors.prefix}/!{firehose:error-output-type}/dt=!{timestamp:yyyy-MM-dd}/`,
      BufferingHints: { SizeInMBs: bufferSize, IntervalInSeconds: bufferSeconds },
      CompressionFormat: 'UNCOMPRESSED',
      EncryptionConfiguration:
        target.kmsKey === undefined
          ? { NoEncryptionConfig: 'NoEncryption' }
          : { KMSEncryptionConfig: { AWSKMSKeyARN: target.kmsKey } },
      CloudWatchLoggingOptions: {
        Enabled: true,
        LogGroupName: place.logGroup,
        LogStreamName: 'DestinationDelivery',
      },
      ProcessingConfiguration: {
        Enabled: true,
        Processors: [processorOf(schema, place, keys)],
      },
      DataFormatConversionConfiguration: {
        Enabled: true,
        // Names are compared letter for letter: keys of a record that differ in case only stay apart.
        InputFormatConfiguration: {
          Deserializer: { OpenXJsonSerDe: { CaseInsensitive: false, ColumnToJsonKeyMappings: keys } },
        },
        OutputFormatConfiguration: { Serializer: { ParquetSerDe: { Compression: 'SNAPPY' } } },
        SchemaConfiguration: {
          RoleARN: place.role,
          CatalogId: target.account,
          DatabaseName: target.database,
          TableName: streamTableName(schema.name),
          Region: target.region,
          VersionId: 'LATEST',
        },
      },
      DynamicPartitioningConfiguration: { Enabled: true, RetryOptions: { DurationInSeconds: 300 } },
    },
    Tags: Object.entries(tableTags(target, schema.name, options.tags)).map(([Key, Value]) => ({
      Key,
      Value,
    })),
  };
}

const sourceOf = (
  { stream, role }: FirehosePlace,
  { kmsKey }: AwsTarget,
): Omit<FirehoseDeliveryStream, 'DeliveryStreamName' | 'ExtendedS3DestinationConfiguration' | 'Tags'> =>
  stream === undefined
    ? {
        DeliveryStreamType: 'DirectPut',
        ...(kmsKey === undefined
          ? {}
          : {
              DeliveryStreamEncryptionConfigurationInput: { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: kmsKey },
            }),
      }
    : {
        DeliveryStreamType: 'KinesisStreamAsSource',
        KinesisStreamSourceConfiguration: { KinesisStreamARN: stream, RoleARN: role },
      };

/** The function that cleans, or the query that finds the day. */
const processorOf = (
  schema: TableSchema,
  { transform, role }: FirehosePlace,
  keys: Readonly<Record<string, string>>,
): FirehoseProcessor =>
  transform === undefined
    ? {
        Type: 'MetadataExtraction',
        Parameters: [
          {
            ParameterName: 'MetadataExtractionQuery',
            ParameterValue: dayQuery(schema, keys[schema.partitioning.time] ?? schema.partitioning.time),
          },
          { ParameterName: 'JsonParsingEngine', ParameterValue: 'JQ-1.6' },
        ],
      }
    : {
        Type: 'Lambda',
        Parameters: [
          { ParameterName: 'LambdaArn', ParameterValue: transform },
          { ParameterName: 'RoleArn', ParameterValue: role },
          { ParameterName: 'NumberOfRetries', ParameterValue: '3' },
          // Cleaned records may be longer than they came, and an answer has at most 6 MB.
          { ParameterName: 'BufferSizeInMBs', ParameterValue: '1' },
          { ParameterName: 'BufferIntervalInSeconds', ParameterValue: '60' },
        ],
      };
