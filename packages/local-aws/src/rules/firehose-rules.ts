import { type AwsRule, at, has, type Members } from './aws-rule.ts';

const streams = {
  service: 'firehose',
  operations: ['CreateDeliveryStream', 'UpdateDestination'],
} as const;

const destination = (input: Members): unknown =>
  at(input, 'ExtendedS3DestinationConfiguration') ?? at(input, 'ExtendedS3DestinationUpdate');

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const isOn = (input: Members, member: string): boolean =>
  has(destination(input), member) && at(destination(input), member, 'Enabled') !== false;
const converts = (input: Members): boolean => isOn(input, 'DataFormatConversionConfiguration');
const isPartitioned = (input: Members): boolean => isOn(input, 'DynamicPartitioningConfiguration');
const prefix = (input: Members): string => text(at(destination(input), 'Prefix'));
const errorPrefix = (input: Members): string => text(at(destination(input), 'ErrorOutputPrefix'));

const processors = (input: Members): unknown[] =>
  isOn(input, 'ProcessingConfiguration')
    ? [at(destination(input), 'ProcessingConfiguration', 'Processors') ?? []].flat()
    : [];

/** The keys of queries, which are objects of one level: `{dt:(.at[0:10])}`. */
const queriedKeys = (input: Members): string[] =>
  processors(input)
    .flatMap((one) => at(one, 'Parameters') ?? [])
    .filter((one) => at(one, 'ParameterName') === 'MetadataExtractionQuery')
    .flatMap((one) => [...text(at(one, 'ParameterValue')).matchAll(/[{,]\s*"?(\w+)"?\s*:/g)])
    .map(([, key = '']) => key);

const usedKeys = (input: Members): string[] =>
  [...prefix(input).matchAll(/!\{partitionKeyFromQuery:([^}]+)\}/g)].map(([, key = '']) => key);

const buffering = 'https://docs.aws.amazon.com/firehose/latest/dev/buffering-hints.html';
const partitioning = 'https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning.html';
const prefixes = 'https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html';

/** Rules about destinations of Firehose on S3. */
export const firehoseRules: readonly AwsRule[] = [
  {
    ...streams,
    rule: 'a buffer has at least 64 MiB where formats are converted or partitions are dynamic',
    source: buffering,
    isBroken: (input) =>
      (converts(input) || isPartitioned(input)) &&
      Number(at(destination(input), 'BufferingHints', 'SizeInMBs') ?? 128) < 64,
  },
  {
    ...streams,
    rule: 'a buffer waits at least 60 seconds where partitions are dynamic',
    source: buffering,
    isBroken: (input) =>
      isPartitioned(input) &&
      Number(at(destination(input), 'BufferingHints', 'IntervalInSeconds') ?? 300) < 60,
  },
  {
    ...streams,
    rule: 'dynamic partitions need a processor that gives their keys',
    source: partitioning,
    isBroken: (input) =>
      isPartitioned(input) &&
      !processors(input).some((one) => /^(Lambda|MetadataExtraction)$/.test(text(at(one, 'Type')))),
  },
  {
    ...streams,
    rule: 'the prefix uses every key of the query, and no other one',
    source: partitioning,
    isBroken: (input) => queriedKeys(input).toSorted().join() !== usedKeys(input).toSorted().join(),
  },
  {
    ...streams,
    rule: 'a prefix with expressions needs a prefix for errors',
    source: prefixes,
    isBroken: (input) => prefix(input).includes('!{') && errorPrefix(input) === '',
  },
  {
    ...streams,
    rule: 'a prefix for errors with expressions has the type of the error, and no key of a partition',
    source: prefixes,
    isBroken: (input) =>
      errorPrefix(input).includes('!{') &&
      (!errorPrefix(input).includes('!{firehose:error-output-type}') ||
        errorPrefix(input).includes('!{partitionKey')),
  },
  {
    ...streams,
    rule: 'formats are converted without compression of the object',
    source:
      'https://docs.aws.amazon.com/firehose/latest/APIReference/API_DataFormatConversionConfiguration.html',
    isBroken: (input) =>
      converts(input) && !['', 'UNCOMPRESSED'].includes(text(at(destination(input), 'CompressionFormat'))),
  },
  {
    ...streams,
    rule: 'a prefix has keys of partitions only where they are dynamic',
    source: prefixes,
    isBroken: (input) => !isPartitioned(input) && prefix(input).includes('!{partitionKey'),
  },
];
