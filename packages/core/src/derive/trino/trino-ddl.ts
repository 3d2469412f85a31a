import type { AwsTarget } from '../../catalog/aws-target.ts';
import { catalogComment, catalogDescription } from '../../catalog/catalog-comment.ts';
import type { ExternalTable } from '../../catalog/external-table.ts';
import { type FileFormat, fileFormats } from '../../catalog/file-formats.ts';
import { type LayerOptions, layerTable } from '../../catalog/layers/layer-table.ts';
import { assertPartitionProjection } from '../../catalog/projection/assert-partition-projection.ts';
import type { Projection } from '../../catalog/projection/projection.ts';
import { locationTemplate } from '../../catalog/projection/table-projection.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { DescribedColumn, TableSchema } from '../../table/table-schema.ts';
import { qualifiedName, quoteName, quoteText } from '../../types/duckdb-type.ts';
import { trinoType } from '../../types/trino-type.ts';

/** Properties by name, as SQL. */
type Properties = Readonly<Record<string, string | undefined>>;

const array = (values: readonly unknown[]): string =>
  `ARRAY[${values.map((value) => quoteText(String(value))).join(', ')}]`;
const number = (value: number | undefined): string | undefined => value?.toString();

const list = (properties: Properties): string[] =>
  Object.entries(properties).flatMap(([name, value]) => (value === undefined ? [] : [`${name} = ${value}`]));

type Renderers = {
  readonly [Type in Projection['type']]: (projection: Extract<Projection, { type: Type }>) => Properties;
};

/** Trino's properties for projection, without their prefix (https://trino.io/docs/476/connector/hive.html#column-properties). */
const projections: Renderers = {
  date: ({ format, range, interval, unit }) => ({
    format: quoteText(format),
    range: array(range),
    interval: number(interval),
    interval_unit: unit && quoteText(unit),
  }),
  integer: ({ range, interval, digits }) => ({
    range: array(range),
    interval: number(interval),
    digits: number(digits),
  }),
  enum: ({ values }) => ({ values: array(values) }),
  injected: () => ({}),
};

const { separatorChar, quoteChar, escapeChar } = fileFormats.csv.serde.parameters;

const formats: { readonly [Format in FileFormat]: Properties } = {
  parquet: { format: `'PARQUET'` },
  csv: {
    format: `'CSV'`,
    csv_separator: quoteText(separatorChar),
    csv_quote: quoteText(quoteChar),
    // As a code point: the character is not printable.
    csv_escape: `U&'\\${escapeChar.charCodeAt(0).toString(16).padStart(4, '0')}'`,
  },
  json: { format: `'JSON'` },
};

/** The projections that Athena supports and Trino does not: steps longer than a day, by the interval or from NOW. */
function untaken({ name, keys }: ExternalTable): string[] {
  const trinoUnits = ['DAYS', 'HOURS', 'MINUTES', 'SECONDS'];
  return keys.flatMap(({ name: key, projection }) => {
    if (projection.type !== 'date') return [];
    const { unit = 'DAYS', range, interval, format } = projection;
    const byMonth = interval === undefined && !/[dDHhmsS]/.test(format);
    return [
      ...(trinoUnits.includes(unit) && !byMonth
        ? []
        : [`${key} of ${name} steps by ${byMonth ? 'MONTHS' : unit}`]),
      ...range
        .filter((end) => /NOW.*(YEAR|MONTH|WEEK)/.test(end))
        .map((end) => `${key} of ${name} counts from NOW by more than days: "${end}"`),
    ].map((problem) => `${problem}; Trino supports ${trinoUnits.join(', ')}`);
  });
}

function columnLine(column: DescribedColumn, projection?: Projection): string {
  const comment = catalogComment(column);
  const render = projection && (projections[projection.type] as (projection: Projection) => Properties);
  const properties =
    projection && render
      ? list({ type: quoteText(projection.type), ...render(projection) }).map(
          (property) => `partition_projection_${property}`,
        )
      : [];
  return [
    `  ${quoteName(column.name)} ${trinoType(column.type)}`,
    ...(comment ? [`COMMENT ${quoteText(comment)}`] : []),
    ...(properties.length > 0 ? [`WITH (${properties.join(', ')})`] : []),
  ].join(' ');
}

/**
 * One layer of a table as CREATE TABLE of Trino's Hive connector (https://trino.io/docs/476/connector/hive.html), with projected
 * partitions. The catalog must enable projection (`hive.partition-projection-enabled=true`) and allow external tables. The
 * layer defaults to the clean events.
 *
 * @returns one statement without a semicolon, which Trino does not accept
 * @throws HeadwaterError like `deriveGlueTable`, and `PROJECTION_INVALID` for a projection that Athena supports and Trino does not
 * @example deriveTrinoDdl(clickstream.schema, target) // 'CREATE TABLE "shop"."clickstream" (\n  "event_time" timestamp(3) ...'
 */
export function deriveTrinoDdl(schema: TableSchema, target: AwsTarget, options: LayerOptions = {}): string {
  return trinoDdl(layerTable(schema, target, options), target.database);
}

/** An external table as CREATE TABLE of Trino's Hive connector. */
export function trinoDdl(table: ExternalTable, database: string): string {
  // Trino itself checks little before the table is queried.
  assertPartitionProjection(table);
  const problems = untaken(table);
  if (problems.length > 0) throw new HeadwaterError('PROJECTION_INVALID', { table: table.name, problems });
  const columns = [
    ...table.columns.map((column) => columnLine(column)),
    ...table.keys.map((key) => columnLine(key, key.projection)),
  ];
  const hasKeys = table.keys.length > 0;
  const properties = list({
    external_location: quoteText(table.location),
    ...formats[table.format],
    skip_header_line_count: table.parameters['skip.header.line.count'],
    partitioned_by: hasKeys ? array(table.keys.map(({ name }) => name)) : undefined,
    partition_projection_enabled: hasKeys ? 'true' : undefined,
    partition_projection_location_template: hasKeys ? quoteText(locationTemplate(table)) : undefined,
  });
  return [
    `CREATE TABLE ${qualifiedName(database, table.name)} (\n${columns.join(',\n')}\n)`,
    ...(table.description ? [`COMMENT ${quoteText(catalogDescription(table.description))}`] : []),
    `WITH (\n  ${properties.join(',\n  ')}\n)`,
    '',
  ].join('\n');
}
