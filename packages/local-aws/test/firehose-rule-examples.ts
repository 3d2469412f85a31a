const query = (text: string) => ({
  ProcessingConfiguration: {
    Enabled: true,
    Processors: [
      {
        Type: 'MetadataExtraction',
        Parameters: [{ ParameterName: 'MetadataExtractionQuery', ParameterValue: text }],
      },
    ],
  },
});
const partitioned = { DynamicPartitioningConfiguration: { Enabled: true } };
const converting = { DataFormatConversionConfiguration: { Enabled: true } };
const errors = { ErrorOutputPrefix: 'errors/!{firehose:error-output-type}/' };
const byDay = {
  ...partitioned,
  ...query('{dt:(.at[0:10])}'),
  ...errors,
  Prefix: 'a/dt=!{partitionKeyFromQuery:dt}/',
};
const to = (destination: object) => ({ ExtendedS3DestinationConfiguration: destination });
const buffer = (SizeInMBs: number, IntervalInSeconds: number) => ({
  BufferingHints: { SizeInMBs, IntervalInSeconds },
});
const example = (taken: readonly object[], refused: readonly object[]) => ({
  service: 'firehose',
  operation: 'CreateDeliveryStream',
  taken: taken.map(to),
  refused: refused.map(to),
});

/** Destinations that Firehose takes and refuses, one entry for each of its rules, in their order. */
export const firehoseRuleExamples = [
  example(
    [buffer(1, 0), { ...byDay, ...buffer(64, 60) }, { ...converting, ...buffer(128, 0) }],
    [
      { ...byDay, ...buffer(63, 60) },
      { ...converting, ...buffer(5, 300) },
    ],
  ),
  example([{ ...byDay, ...buffer(64, 60) }, buffer(5, 0)], [{ ...byDay, ...buffer(64, 59) }]),
  example(
    [
      {
        ...partitioned,
        ...errors,
        Prefix: 'a/dt=!{partitionKeyFromLambda:dt}/',
        ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'Lambda' }] },
      },
    ],
    [{ ...partitioned, ...errors, Prefix: 'a/!{timestamp:yyyy}/' }],
  ),
  example(
    [byDay],
    [
      { ...byDay, ...query('{dt:(.at[0:10]), kind:.kind}') },
      { ...byDay, Prefix: 'a/!{partitionKeyFromQuery:dt}/!{partitionKeyFromQuery:kind}/' },
    ],
  ),
  example(
    [{ Prefix: 'a/' }, { Prefix: 'a/!{timestamp:yyyy}/', ...errors }],
    [{ Prefix: 'a/!{timestamp:yyyy}/' }],
  ),
  example(
    [errors, { ErrorOutputPrefix: 'errors/' }],
    [
      { ErrorOutputPrefix: 'errors/!{timestamp:yyyy}/' },
      { ErrorOutputPrefix: 'e/!{firehose:error-output-type}/!{partitionKeyFromQuery:dt}/' },
    ],
  ),
  example(
    [{ ...converting, CompressionFormat: 'UNCOMPRESSED' }, { CompressionFormat: 'GZIP' }],
    [{ ...converting, CompressionFormat: 'GZIP' }],
  ),
  example([byDay], [{ ...errors, Prefix: 'a/!{partitionKeyFromLambda:dt}/' }]),
];
