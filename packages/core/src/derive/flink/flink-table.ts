import { HeadwaterError } from '../../errors/headwater-error.ts';
import { wholeNumber } from '../../options/whole-number.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { flinkInterval, flinkName } from '../../types/flink-type.ts';
import { type FlinkColumn, flinkColumn } from './flink-column.ts';
import {
  type FlinkConnector,
  type FlinkOptions,
  metadataColumns,
  sourceOptions,
  withOptions,
} from './flink-connector.ts';
import { differencesOf, type FlinkDifference } from './flink-differences.ts';
import { memberLines } from './flink-members.ts';
import { assertFlinkNames } from './flink-names.ts';

/** How a stream becomes a table. */
export interface FlinkTableOptions {
  /** How many seconds an event may be late. Defaults to 10. */
  readonly latenessSeconds?: number | undefined;
  /** The JSON keys of columns, where they are not the names of the columns, such as `{ user_id: 'userId' }`. */
  readonly keys?: Readonly<Record<string, string>> | undefined;
  /** Options of the connector or the format that are added, or replaced, such as `aws.endpoint`. */
  readonly connectorOptions?: FlinkOptions | undefined;
}

/** One statement, with what it is for. */
export interface FlinkStatement {
  /** What the statement makes. */
  readonly name: string;
  /** One sentence, for people. */
  readonly purpose: string;
  /** SQL without a semicolon at the end. */
  readonly sql: string;
}

/** A stream as a table, and the views that read it. */
export interface FlinkTable {
  /** `CREATE TEMPORARY TABLE`, then the view of clean events, then that of events without duplicates. */
  readonly statements: readonly FlinkStatement[];
  /** The view that questions read: clean events, each once. */
  readonly events: string;
  /** How each column is read. */
  readonly columns: readonly FlinkColumn[];
  /** Where the events differ from those of the lake. */
  readonly differences: readonly FlinkDifference[];
}

/** The columns that the table has beside those of the definition. */
const ownColumns = { rowTime: 'row_time', processingTime: 'processing_time' } as const;

/**
 * The table of a stream in Flink SQL, and two views.
 *
 * - `<table>` has the members of a JSON record under their names. Numbers and booleans are read as text, because the JSON format takes the
 *   fraction from an integer and every text that is not true for false. `row_time` is the time of the event; the time of a record
 *   without one is 1970, because Flink ends the job at a watermark of null.
 * - `<table>_clean` has the columns of the definition in their types: it runs text steps, casts, and leaves out what the definition
 *   rejects, as well as events without a time.
 * - `<table>_events` has each event once: the first to arrive. Its order is the processing time, because only then its rows never
 *   change, which windows into a stream and MATCH_RECOGNIZE need.
 *
 * @throws HeadwaterError `OPTION_INVALID`, `TYPE_UNSUPPORTED` for a column that Flink does not read exactly, `DEFINITION_INVALID` for a
 * column with a name of the table's own, `STREAM_UNSUPPORTED` for a table that explodes lists
 * @example
 * ```ts
 * const arn = 'arn:aws:kinesis:eu-central-1:123456789012:stream/clicks';
 * deriveFlinkTable(clickstream.schema, { connector: 'kinesis', streamArn: arn }).statements[0].sql; // CREATE TEMPORARY TABLE `clickstream` (...
 * ```
 */
export function deriveFlinkTable(
  schema: TableSchema,
  source: FlinkConnector,
  { latenessSeconds = 10, keys = {}, connectorOptions }: FlinkTableOptions = {},
): FlinkTable {
  if (schema.explode !== undefined)
    throw new HeadwaterError('STREAM_UNSUPPORTED', {
      table: schema.name,
      problem: 'a record of it has several rows, because it explodes a list',
      fix: 'Send a record for each element, and define the table without explode',
    });
  const options = withOptions(sourceOptions(source, connectorOptions));
  for (const [name, key] of Object.entries(keys))
    if (typeof key !== 'string' || key === '')
      throw new HeadwaterError('OPTION_INVALID', {
        option: `keys.${name}`,
        value: String(key),
        expected: 'the name of a member of the JSON records',
      });
  const inStream = schema.columns.filter(({ lookup }) => lookup === undefined);
  const columns = inStream.map((column) => {
    const key = Object.hasOwn(keys, column.name) ? keys[column.name] : undefined;
    return flinkColumn(
      key === undefined ? column : { ...column, path: [{ step: 'member', name: key }] },
      source.connector,
    );
  });
  const unknown = Object.keys(keys).find((name) => !columns.some((column) => column.name === name));
  if (unknown !== undefined)
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'keys',
      value: unknown,
      expected: `keys of columns that the stream carries: ${columns.map(({ name }) => name).join(', ')}`,
    });
  assertFlinkNames(schema, columns, Object.values(ownColumns));
  // Questions do not read them, so a member of the records keeps its name.
  const metadata = metadataColumns(source).filter(({ name }) =>
    columns.every(({ path }) => path[0] !== name),
  );

  const time = columns.find(({ name }) => name === schema.partitioning.time);
  if (time === undefined) throw new Error(`${schema.name} has no column ${schema.partitioning.time}`);
  const others = columns.filter((column) => column !== time);
  const read = (column: FlinkColumn): string => column.path.map(flinkName).join('.');
  const rowTime = flinkName(ownColumns.rowTime);
  const processingTime = flinkName(ownColumns.processingTime);
  const delay = flinkInterval(wholeNumber('latenessSeconds', latenessSeconds, 0, 3600), 'SECOND');
  const epoch = 'TO_TIMESTAMP_LTZ(0, 3)';
  const isTime = (text: string): string =>
    [...new Set([`${time.value(text)} IS NOT NULL`, ...time.conditions(text)])].join(' AND ');
  const lines = [
    ...memberLines(columns),
    ...metadata.map(({ name, type, key }) => `${flinkName(name)} ${type} METADATA FROM '${key}' VIRTUAL`),
    `${rowTime} AS CASE WHEN ${isTime(read(time))} THEN ${time.value(read(time))} ELSE ${epoch} END`,
    `${processingTime} AS PROCTIME()`,
    `WATERMARK FOR ${rowTime} AS ${rowTime} - ${delay}`,
  ];
  const clean = `${schema.name}_clean`;
  const events = `${schema.name}_events`;
  const texts = [
    `${read(time)} AS \`time_read\``,
    ...others.map((column) => `${column.text(read(column))} AS ${flinkName(column.name)}`),
    rowTime,
    processingTime,
  ];
  const values = columns.map((column) => {
    const name = flinkName(column.name);
    const value = column === time ? rowTime : column.value(name);
    return value === name ? name : `${value} AS ${name}`;
  });
  const conditions = [
    isTime('`time_read`'),
    ...others.flatMap((column) => column.conditions(flinkName(column.name))),
  ];
  const names = columns.map(({ name }) => flinkName(name));
  const key = schema.duplicateKey.filter((name) => columns.some((column) => column.name === name));
  return {
    statements: [
      {
        name: schema.name,
        purpose:
          'Records of the stream as they are. row_time is the time of an event, or 1970 where a record has none',
        sql: `CREATE TEMPORARY TABLE ${flinkName(schema.name)} (\n${indented(lines)}\n) ${options}`,
      },
      {
        name: clean,
        purpose: 'Clean events: text steps, casts and checks of the definition',
        sql: [
          `CREATE TEMPORARY VIEW ${flinkName(clean)} AS`,
          `SELECT\n${indented([...values, processingTime])}`,
          `FROM (\n  SELECT\n${indented(texts, 4)}\n  FROM ${flinkName(schema.name)}\n)`,
          `WHERE ${conditions.join('\n  AND ')}`,
        ].join('\n'),
      },
      {
        name: events,
        purpose: 'Each event once, by the duplicate key: the first to arrive',
        sql: [
          `CREATE TEMPORARY VIEW ${flinkName(events)} AS`,
          `SELECT ${names.join(', ')}`,
          `FROM (\n  SELECT *, ROW_NUMBER() OVER (PARTITION BY ${key.map(flinkName).join(', ')} ORDER BY ${processingTime}) AS \`copy_number\`\n  FROM ${flinkName(clean)}\n)`,
          'WHERE `copy_number` = 1',
        ].join('\n'),
      },
    ],
    events,
    columns,
    differences: [
      ...columns.flatMap(({ name, differences }) => differencesOf(name, differences)),
      ...differencesOf(schema.name, [
        'late-event',
        'future-event',
        ...(inStream.length < schema.columns.length ? (['not-joined'] as const) : []),
      ]),
      ...differencesOf(clean, ['no-reason']),
      ...differencesOf(events, [
        'late-duplicate',
        ...(schema.duplicateRule === undefined ? [] : (['duplicate-kept'] as const)),
      ]),
    ],
  };
}

const indented = (lines: readonly string[], spaces = 2): string =>
  lines.map((line) => `${' '.repeat(spaces)}${line}`).join(',\n');
