// The shapes of the Firehose API as far as tables need them, with the API's names
// (https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html). They are assignable to the types of
// @aws-sdk/client-firehose, so the lists are not readonly.

/** A setting of a processor. Every value is text. */
export interface FirehoseParameter {
  readonly ParameterName:
    | 'LambdaArn'
    | 'RoleArn'
    | 'NumberOfRetries'
    | 'BufferSizeInMBs'
    | 'BufferIntervalInSeconds'
    | 'MetadataExtractionQuery'
    | 'JsonParsingEngine';
  readonly ParameterValue: string;
}

/** What is done with records before they are buffered. */
export interface FirehoseProcessor {
  readonly Type: 'Lambda' | 'MetadataExtraction';
  readonly Parameters: FirehoseParameter[];
}

/** The destination of a delivery stream on S3, with conversion to Parquet and dynamic partitioning. */
export interface FirehoseDestination {
  readonly RoleARN: string;
  readonly BucketARN: string;
  readonly Prefix: string;
  readonly ErrorOutputPrefix: string;
  readonly BufferingHints: { readonly SizeInMBs: number; readonly IntervalInSeconds: number };
  /** Parquet is compressed inside. */
  readonly CompressionFormat: 'UNCOMPRESSED';
  readonly EncryptionConfiguration:
    | { readonly NoEncryptionConfig: 'NoEncryption' }
    | { readonly KMSEncryptionConfig: { readonly AWSKMSKeyARN: string } };
  readonly CloudWatchLoggingOptions: {
    readonly Enabled: true;
    readonly LogGroupName: string;
    readonly LogStreamName: string;
  };
  readonly ProcessingConfiguration: { readonly Enabled: true; readonly Processors: FirehoseProcessor[] };
  readonly DataFormatConversionConfiguration: {
    readonly Enabled: true;
    readonly InputFormatConfiguration: {
      readonly Deserializer: {
        readonly OpenXJsonSerDe: {
          readonly CaseInsensitive: false;
          /** The JSON key of every column. */
          readonly ColumnToJsonKeyMappings: Record<string, string>;
        };
      };
    };
    readonly OutputFormatConfiguration: {
      readonly Serializer: { readonly ParquetSerDe: { readonly Compression: 'SNAPPY' } };
    };
    readonly SchemaConfiguration: {
      readonly RoleARN: string;
      readonly CatalogId: string;
      readonly DatabaseName: string;
      readonly TableName: string;
      readonly Region: string;
      readonly VersionId: 'LATEST';
    };
  };
  readonly DynamicPartitioningConfiguration: {
    readonly Enabled: true;
    readonly RetryOptions: { readonly DurationInSeconds: number };
  };
}

/** The input of Firehose's CreateDeliveryStream. */
export interface FirehoseDeliveryStream {
  readonly DeliveryStreamName: string;
  readonly DeliveryStreamType: 'KinesisStreamAsSource' | 'DirectPut';
  readonly KinesisStreamSourceConfiguration?: { readonly KinesisStreamARN: string; readonly RoleARN: string };
  /** Of records that wait in the delivery stream. A Kinesis stream encrypts its own. */
  readonly DeliveryStreamEncryptionConfigurationInput?: {
    readonly KeyType: 'CUSTOMER_MANAGED_CMK';
    readonly KeyARN: string;
  };
  readonly ExtendedS3DestinationConfiguration: FirehoseDestination;
  readonly Tags: { Key: string; Value: string }[];
}
