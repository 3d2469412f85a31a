import { bufferSizes, bufferTimes } from '../../catalog/stream-config.ts';

/** A rule of Firehose that CreateDeliveryStream enforces, and neither the API's model nor CloudFormation's linter has. */
interface FirehoseRule {
  /** The member of `ExtendedS3DestinationConfiguration` that is wrong. */
  readonly field: string;
  readonly problem: string;
  isBroken(destination: Destination): boolean;
}

/** A destination as anybody writes it: what a rule reads, and nothing is certain. */
interface Destination {
  readonly Prefix?: string | undefined;
  readonly ErrorOutputPrefix?: string | undefined;
  readonly CompressionFormat?: string | undefined;
  readonly BufferingHints?:
    | { readonly SizeInMBs?: number | undefined; readonly IntervalInSeconds?: number | undefined }
    | undefined;
  readonly DataFormatConversionConfiguration?: { readonly Enabled?: boolean | undefined } | undefined;
  readonly DynamicPartitioningConfiguration?: { readonly Enabled?: boolean | undefined } | undefined;
  readonly ProcessingConfiguration?:
    | {
        readonly Enabled?: boolean | undefined;
        readonly Processors?:
          | readonly {
              readonly Type: string | undefined;
              readonly Parameters?:
                | readonly {
                    readonly ParameterName: string | undefined;
                    readonly ParameterValue: string | undefined;
                  }[]
                | undefined;
            }[]
          | undefined;
      }
    | undefined;
}

const converts = ({ DataFormatConversionConfiguration: conversion }: Destination): boolean =>
  conversion !== undefined && conversion.Enabled !== false;
const partitions = ({ DynamicPartitioningConfiguration: partitioning }: Destination): boolean =>
  partitioning !== undefined && partitioning.Enabled !== false;

const processorsOf = ({ ProcessingConfiguration: processing }: Destination) =>
  processing === undefined || processing.Enabled === false ? [] : (processing.Processors ?? []);

/** The names in expressions of one namespace: of `!{partitionKeyFromQuery:dt}` it is `dt`. */
const namesIn = (prefix: string | undefined, namespace: string): Set<string> =>
  new Set(
    [...(prefix ?? '').matchAll(/!\{([^:}]+):([^}]+)\}/g)].flatMap(([, space, name = '']) =>
      space === namespace ? [name] : [],
    ),
  );

const hasExpression = (prefix: string | undefined): boolean => /!\{[^}]*\}/.test(prefix ?? '');

/** The keys that a query of jq makes: those of the object that it writes. */
function queriedKeys(destination: Destination): Set<string> {
  const queries = processorsOf(destination)
    .filter(({ Type }) => Type === 'MetadataExtraction')
    .flatMap(({ Parameters = [] }) => Parameters)
    .filter(({ ParameterName }) => ParameterName === 'MetadataExtractionQuery');
  return new Set(queries.flatMap(({ ParameterValue = '' }) => keysOf(ParameterValue)));
}

/** The keys of an object in jq: those at its first level, before a colon. */
function keysOf(query: string): string[] {
  const keys: string[] = [];
  let depth = 0;
  const part = /"(?:[^"\\]|\\.)*"|[A-Za-z_][\w]*|[{}()[\]:,]/g;
  let last = '';
  for (const [token] of query.matchAll(part)) {
    if (token === ':' && depth === 1 && last !== '') keys.push(last.replaceAll('"', ''));
    if (/[{([]/.test(token) && token.length === 1) depth += 1;
    if (/[})\]]/.test(token) && token.length === 1) depth -= 1;
    last = /^["A-Za-z_]/.test(token) ? token : '';
  }
  return keys;
}

const differs = (left: ReadonlySet<string>, right: ReadonlySet<string>): boolean =>
  [...left].some((one) => !right.has(one));

/** The MiB of a buffer. Where a destination does not say, Firehose takes 128 if it converts formats, and 5 otherwise. */
const size = (destination: Destination): number =>
  destination.BufferingHints?.SizeInMBs ?? (converts(destination) ? bufferSizes.most : 5);

/**
 * The rules, each with the member that breaks it
 * (https://docs.aws.amazon.com/firehose/latest/dev/dynamic-partitioning.html,
 * https://docs.aws.amazon.com/firehose/latest/dev/record-format-conversion-concepts.html,
 * https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html).
 */
const rules: readonly FirehoseRule[] = [
  {
    field: 'BufferingHints.SizeInMBs',
    problem: `must be at least ${bufferSizes.least} where formats are converted or partitions are dynamic`,
    isBroken: (one) => (converts(one) || partitions(one)) && size(one) < bufferSizes.least,
  },
  {
    field: 'BufferingHints.IntervalInSeconds',
    problem: `must be at least ${bufferTimes.least} where partitions are dynamic`,
    isBroken: (one) => partitions(one) && (one.BufferingHints?.IntervalInSeconds ?? 300) < bufferTimes.least,
  },
  {
    field: 'ProcessingConfiguration.Processors',
    problem: 'must have a Lambda or a MetadataExtraction, which gives the keys of dynamic partitions',
    isBroken: (one) =>
      partitions(one) &&
      !processorsOf(one).some(({ Type }) => Type === 'Lambda' || Type === 'MetadataExtraction'),
  },
  {
    field: 'Prefix',
    problem: 'must use every key that the query of MetadataExtraction makes, and no other one',
    isBroken(one) {
      const used = namesIn(one.Prefix, 'partitionKeyFromQuery');
      const made = queriedKeys(one);
      return differs(made, used) || (partitions(one) && differs(used, made));
    },
  },
  {
    field: 'ErrorOutputPrefix',
    problem: 'must be set where Prefix has an expression',
    isBroken: (one) => hasExpression(one.Prefix) && !one.ErrorOutputPrefix,
  },
  {
    field: 'ErrorOutputPrefix',
    problem: 'must have !{firehose:error-output-type} where it has an expression, and no partition key',
    isBroken: ({ ErrorOutputPrefix: prefix }) =>
      hasExpression(prefix) &&
      (!prefix?.includes('!{firehose:error-output-type}') || /!\{partitionKey/.test(prefix)),
  },
  {
    field: 'CompressionFormat',
    problem: 'must be UNCOMPRESSED where formats are converted: the serializer compresses',
    isBroken: (one) => converts(one) && (one.CompressionFormat ?? 'UNCOMPRESSED') !== 'UNCOMPRESSED',
  },
  {
    field: 'Prefix',
    problem: 'must have no partition key where DynamicPartitioningConfiguration is not enabled',
    isBroken: (one) => !partitions(one) && /!\{partitionKey/.test(one.Prefix ?? ''),
  },
];

/**
 * What Firehose would refuse of a destination, by its own rules. `deriveFirehose` breaks none; this is for inputs that were changed
 * by hand.
 *
 * @param destination `ExtendedS3DestinationConfiguration`
 * @returns each rule that is broken, with the member that breaks it
 * @example firehoseProblems({ ...destination, CompressionFormat: 'GZIP' })
 * // [{ field: 'CompressionFormat', problem: 'must be UNCOMPRESSED where formats are converted: the serializer compresses' }]
 */
export const firehoseProblems = (destination: Destination): { field: string; problem: string }[] =>
  rules
    .filter((rule) => rule.isBroken(destination))
    .map(({ field, problem }) => ({ field: `ExtendedS3DestinationConfiguration.${field}`, problem }));
