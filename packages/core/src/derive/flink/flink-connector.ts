import { HeadwaterError } from '../../errors/headwater-error.ts';
import { flinkText } from '../../types/flink-type.ts';

/** Options of a table, in the order in which they are written. */
export type FlinkOptions = Readonly<Record<string, string>>;

/** A Kinesis stream, by the source of the connector 5 and later: Managed Flink 1.20. */
export interface FlinkKinesis {
  readonly connector: 'kinesis';
  /** The ARN of the stream. Its region is that of the connector. */
  readonly streamArn: string;
  /** Where reading begins. Defaults to `LATEST`. */
  readonly from?: FlinkStart | undefined;
}

/** A Kinesis stream, by the source of the connector before 5: notebooks of Studio. */
export interface FlinkKinesisLegacy {
  readonly connector: 'kinesis-legacy';
  /** The name of the stream. */
  readonly stream: string;
  readonly region: string;
  /** Where reading begins. Defaults to `LATEST`. */
  readonly from?: FlinkStart | undefined;
}

/** Files of JSON lines in a folder: a run over them ends. */
export interface FlinkFiles {
  readonly connector: 'filesystem';
  /** Such as `file:///data/events` or `s3://bucket/folder`. */
  readonly path: string;
}

/** Where the source begins to read a stream. */
export type FlinkStart = (typeof starts)[number];

const starts = ['LATEST', 'TRIM_HORIZON'] as const;

/** Where events come from, or answers go. */
export type FlinkConnector = FlinkKinesis | FlinkKinesisLegacy | FlinkFiles;

/** The name of a connector. */
export type FlinkConnectorName = FlinkConnector['connector'];

/** A column that the connector fills. */
export interface FlinkMetadataColumn {
  readonly name: string;
  readonly type: string;
  readonly key: string;
}

interface ConnectorRow<Place extends FlinkConnector> {
  /** Options of every table. */
  readonly place: (place: Place) => FlinkOptions;
  /** Options of a table that is read. */
  readonly source: (place: Place) => FlinkOptions;
  /** Columns that the source has beside those of the events. */
  readonly metadata: readonly FlinkMetadataColumn[];
}

/**
 * The connectors. The new source of Kinesis has no metadata columns (https://issues.apache.org/jira/browse/FLINK-36671). Options:
 * https://nightlies.apache.org/flink/flink-docs-release-1.20/docs/connectors/table/kinesis/.
 */
const connectors: {
  readonly [Name in FlinkConnectorName]: ConnectorRow<Extract<FlinkConnector, { connector: Name }>>;
} = {
  kinesis: {
    place: ({ streamArn }) => ({
      connector: 'kinesis',
      'stream.arn': streamArn,
      'aws.region': regionOf(streamArn),
    }),
    source: ({ from = 'LATEST' }) => ({ 'source.init.position': from, 'source.reader.type': 'POLLING' }),
    metadata: [],
  },
  // What Studio names kinesis is the former source.
  'kinesis-legacy': {
    place: ({ stream, region }) => ({
      connector: 'kinesis',
      stream: streamName(stream),
      'aws.region': regionName(region),
    }),
    source: ({ from = 'LATEST' }) => ({
      'scan.stream.initpos': from,
      'scan.stream.recordpublisher': 'POLLING',
    }),
    metadata: [
      { name: 'shard_id', type: 'STRING', key: 'shard-id' },
      { name: 'sequence_number', type: 'STRING', key: 'sequence-number' },
      { name: 'arrival_time', type: 'TIMESTAMP(3)', key: 'timestamp' },
    ],
  },
  filesystem: {
    place: ({ path }) => ({ connector: 'filesystem', path: folderUrl(path) }),
    source: () => ({}),
    metadata: [],
  },
};

/** JSON as the producer writes it. A bad line is skipped, and a bad value is null: what that means to an event, a view says. */
const jsonFormat: FlinkOptions = { format: 'json', 'json.timestamp-format.standard': 'ISO-8601' };
const lenient: FlinkOptions = { 'json.ignore-parse-errors': 'true' };
/** A definition reads no decimal with an exponent. */
const plain: FlinkOptions = { 'json.encode.decimal-as-plain-number': 'true' };

const rowOf = (place: FlinkConnector): ConnectorRow<FlinkConnector> => {
  // Callers in plain JavaScript may give nothing, or a text.
  const name: unknown = Object(place).connector;
  if (typeof name !== 'string' || !Object.hasOwn(connectors, name))
    fail('connector', name, `one of ${Object.keys(connectors).join(', ')}`);
  // The table is exhaustive by its type; TypeScript cannot correlate the key with the argument.
  return connectors[place.connector] as ConnectorRow<FlinkConnector>;
};

/**
 * The options of a table that reads events.
 * @throws HeadwaterError `OPTION_INVALID`
 */
export function sourceOptions(place: FlinkConnector, more: FlinkOptions = {}): FlinkOptions {
  const row = rowOf(place);
  if ('from' in place && place.from !== undefined && !starts.includes(place.from))
    fail('from', place.from, `one of ${starts.join(', ')}`);
  return { ...row.place(place), ...row.source(place), ...jsonFormat, ...lenient, ...more };
}

/**
 * The options of a table that answers are written to.
 * @throws HeadwaterError `OPTION_INVALID`
 */
export const sinkOptions = (place: FlinkConnector, more: FlinkOptions = {}): FlinkOptions => ({
  ...rowOf(place).place(place),
  ...jsonFormat,
  ...plain,
  ...more,
});

/** The columns that a source fills beside those of the events. */
export const metadataColumns = (place: FlinkConnector): readonly FlinkMetadataColumn[] =>
  rowOf(place).metadata;

/**
 * Options as the text of `WITH (...)`.
 * @throws HeadwaterError `OPTION_INVALID` for a value that is no text
 */
export const withOptions = (options: FlinkOptions): string =>
  `WITH (\n${Object.entries(options)
    .map(([name, value]) => `  ${flinkText(name)} = ${flinkText(textOf(name, value))}`)
    .join(',\n')}\n)`;

const textOf = (name: string, value: unknown): string =>
  typeof value === 'string' ? value : fail(name, value, 'a text');

function regionOf(arn: string): string {
  const [, region] =
    /^arn:aws[a-z-]*:kinesis:([a-z0-9-]+):[0-9]{12}:stream\/[a-zA-Z0-9_.-]{1,128}$/.exec(arn) ?? [];
  return (
    region ?? fail('streamArn', arn, 'the ARN of a stream, arn:aws:kinesis:<region>:<account>:stream/<name>')
  );
}

const regionName = (name: string): string =>
  typeof name === 'string' && /^[a-z]{2,}(?:-[a-z]+)+-[0-9]+$/.test(name)
    ? name
    : fail('region', name, 'a region, such as eu-central-1');

// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html
function streamName(name: string): string {
  if (typeof name === 'string' && /^[a-zA-Z0-9_.-]{1,128}$/.test(name)) return name;
  return fail('stream', name, 'the name of a stream: letters, digits and . _ -');
}

function folderUrl(path: string): string {
  if (/^[a-z][a-z0-9]*:\/\/\S+$/.test(path)) return path;
  return fail('path', path, 'the URL of a folder, such as file:///data/events or s3://bucket/folder');
}

function fail(option: string, value: unknown, expected: string): never {
  throw new HeadwaterError('OPTION_INVALID', { option, value: String(value), expected });
}
