import type { AwsTarget } from '../../catalog/aws-target.ts';
import { catalogComment, catalogDescription } from '../../catalog/catalog-comment.ts';
import type { ExternalTable } from '../../catalog/external-table.ts';
import { fileFormats } from '../../catalog/file-formats.ts';
import { type LayerOptions, layerTable } from '../../catalog/layers/layer-table.ts';
import { assertPartitionProjection } from '../../catalog/projection/assert-partition-projection.ts';
import { tableParameters } from '../../catalog/table-parameters.ts';
import type { DescribedColumn, TableSchema } from '../../table/table-schema.ts';
import { hiveType } from '../../types/hive-type.ts';

/** A name in Hive's SQL. Reserved words need backticks, so every name gets them. */
const quoteHiveName = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

const escapes: Readonly<Record<string, string>> = {
  "'": "\\'",
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A text in Hive's SQL, in which a quote is escaped with a backslash, not doubled. */
function quoteHiveText(text: string): string {
  const escaped = text
    .replace(/['\\\n\r\t]/g, (sign) => escapes[sign] ?? sign)
    .replace(/\p{Cc}/gu, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `'${escaped}'`;
}

/** Quotes the members of a struct, which may be reserved words. In a type, only their names have a colon after them. */
const quoteMembers = (type: string): string =>
  type.replace(/([a-z][a-z0-9_]*):/g, (_, name) => `${quoteHiveName(name)}:`);

function columnLine(column: DescribedColumn): string {
  const comment = catalogComment(column);
  const line = `  ${quoteHiveName(column.name)} ${quoteMembers(hiveType(column.type))}`;
  return comment ? `${line} COMMENT ${quoteHiveText(comment)}` : line;
}

const columnList = (columns: readonly DescribedColumn[]): string =>
  `(\n${columns.map(columnLine).join(',\n')}\n)`;

const propertyList = (properties: Readonly<Record<string, string>>): string =>
  `(\n${Object.entries(properties)
    .map(([name, value]) => `  ${quoteHiveText(name)} = ${quoteHiveText(value)}`)
    .join(',\n')}\n)`;

/**
 * One layer of a table as a statement of Athena's DDL, which is Hive's
 * (https://docs.aws.amazon.com/athena/latest/ug/create-table.html). It creates the same table as `deriveGlueTable`, without
 * the parameters of columns, which Hive's SQL does not have. The layer defaults to the clean events.
 *
 * @returns one statement that ends in a semicolon. Athena runs one statement at a time
 * @throws HeadwaterError like `deriveGlueTable`
 * @example deriveAthenaDdl(clickstream.schema, target) // 'CREATE EXTERNAL TABLE `shop`.`clickstream` (\n  `event_time` timestamp ...'
 */
export function deriveAthenaDdl(schema: TableSchema, target: AwsTarget, options: LayerOptions = {}): string {
  return athenaDdl(layerTable(schema, target, options), target.database);
}

/** An external table as a statement of Athena's DDL. */
export function athenaDdl(table: ExternalTable, database: string): string {
  assertPartitionProjection(table);
  const { name, description, columns, keys, location } = table;
  const { inputFormat, outputFormat, serde } = fileFormats[table.format];
  const statement = [
    `CREATE EXTERNAL TABLE ${quoteHiveName(database)}.${quoteHiveName(name)} ${columnList(columns)}`,
    ...(description ? [`COMMENT ${quoteHiveText(catalogDescription(description))}`] : []),
    ...(keys.length > 0 ? [`PARTITIONED BY ${columnList(keys)}`] : []),
    `ROW FORMAT SERDE ${quoteHiveText(serde.library)}`,
    `WITH SERDEPROPERTIES ${propertyList(serde.parameters)}`,
    `STORED AS INPUTFORMAT ${quoteHiveText(inputFormat)}`,
    `  OUTPUTFORMAT ${quoteHiveText(outputFormat)}`,
    `LOCATION ${quoteHiveText(location)}`,
    `TBLPROPERTIES ${propertyList(tableParameters(table))}`,
  ];
  return `${statement.join('\n')};\n`;
}
