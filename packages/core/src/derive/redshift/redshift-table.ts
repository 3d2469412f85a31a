import { columnComment } from '../../table/column-comment.ts';
import type { DataType } from '../../table/data-type.ts';
import type { Column, TableSchema } from '../../table/table-schema.ts';
import { qualifiedName, quoteName } from '../../types/duckdb-type.ts';
import { redshiftType } from '../../types/redshift-type.ts';
import { assertRedshiftNames, redshiftDay, redshiftText } from './redshift-names.ts';

/** Where the table is in Redshift. */
export interface RedshiftTableOptions {
  /** The schema that the table is in. Defaults to `public`. */
  readonly schema?: string | undefined;
}

/** A column with its type and whether it may be null. */
export const redshiftColumn = ({ name, type, nullable, steps }: Column): string => {
  const longest = steps.flatMap((step) => (step.step === 'length' ? (step.maximum ?? []) : []));
  const characters = longest.length > 0 ? Math.min(...longest) : undefined;
  return `${quoteName(name)} ${redshiftType(type, characters)}${nullable ? '' : ' NOT NULL'}`;
};

/**
 * The table of clean events in Redshift: the columns under their names in the lake, and `dt`, the UTC day of the time column.
 *
 * Rows of one actor are on one slice (DISTKEY), so that joins and aggregations by actor move no rows, and they are sorted by
 * the time (SORTKEY), so that a range skips blocks. The first sort key is not compressed, because Redshift would read more
 * blocks for a range otherwise; numbers and times are AZ64, texts are ZSTD
 * (https://docs.aws.amazon.com/redshift/latest/dg/c_best-practices-sort-key.html,
 * https://docs.aws.amazon.com/redshift/latest/dg/c_Compression_encodings.html). No key is declared: Redshift does not enforce
 * one, and its planner would answer wrongly over rows that break it.
 *
 * @returns statements that end in a semicolon
 * @throws HeadwaterError `OPTION_INVALID`, `DEFINITION_INVALID` for a name that Redshift would cut or has itself
 * @example deriveRedshiftTable(clickstream.schema) // 'CREATE TABLE "public"."clickstream" (\n  "event_time" timestamp NOT NULL ENCODE RAW, ...'
 */
export function deriveRedshiftTable(
  schema: TableSchema,
  { schema: folder = 'public' }: RedshiftTableOptions = {},
): string {
  assertRedshiftNames(schema, folder);
  const table = qualifiedName(folder, schema.name);
  const { time } = schema.partitioning;
  const { actor } = schema.roles;
  const lines = [
    ...schema.columns.map(
      (column) => `${redshiftColumn(column)} ENCODE ${column.name === time ? 'RAW' : encoding(column.type)}`,
    ),
    `${quoteName(redshiftDay)} date NOT NULL ENCODE AZ64`,
  ];
  const distribution = actor === undefined ? 'DISTSTYLE AUTO' : `DISTSTYLE KEY DISTKEY (${quoteName(actor)})`;
  const comments = schema.columns.flatMap((column) => {
    const comment = columnComment(column);
    return comment
      ? [`COMMENT ON COLUMN ${table}.${quoteName(column.name)} IS ${redshiftText(withPlainLines(comment))}`]
      : [];
  });
  return [
    ...(folder === 'public' ? [] : [`CREATE SCHEMA IF NOT EXISTS ${quoteName(folder)}`]),
    `CREATE TABLE ${table} (\n${lines.map((line) => `  ${line}`).join(',\n')}\n)\n${distribution}\nSORTKEY (${quoteName(time)})`,
    ...(schema.description
      ? [`COMMENT ON TABLE ${table} IS ${redshiftText(withPlainLines(schema.description))}`]
      : []),
    ...comments,
  ]
    .map((statement) => `${statement};\n`)
    .join('');
}

/** AZ64 is for whole numbers, decimals, dates and times alone. */
const az64: ReadonlySet<DataType['kind']> = new Set(['int32', 'int64', 'decimal', 'date', 'timestamp']);
const encoding = ({ kind }: DataType): string => (az64.has(kind) ? 'AZ64' : 'ZSTD');

/** A text with line feeds alone, since version control and editors change other line ends. */
const withPlainLines = (text: string): string => text.replace(/\r\n?/g, '\n');
