import type { AwsTarget } from '../../catalog/aws-target.ts';
import type { ExternalTable } from '../../catalog/external-table.ts';
import type { GlueColumn } from '../../catalog/glue-table-input.ts';
import { type LayerOptions, layerTable } from '../../catalog/layers/layer-table.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { glueTableInput } from '../glue/glue-table.ts';

/** A name in Hive's SQL. Reserved words need the ticks, so every name has them. */
const quoteHiveName = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

const escapes: Readonly<Record<string, string>> = {
  "'": "\\'",
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A text in Hive's SQL, where a quote is escaped and not doubled. */
function quoteHiveText(text: string): string {
  const escaped = text
    .replace(/['\\\n\r\t]/g, (sign) => escapes[sign] ?? sign)
    .replace(/\p{Cc}/gu, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `'${escaped}'`;
}

/** Members of a struct may be reserved words too. Our types have a colon after such names and nowhere else. */
const quoteMembers = (type: string): string =>
  type.replace(/([a-z][a-z0-9_]*):/g, (_, name) => `${quoteHiveName(name)}:`);

const columnLine = ({ Name, Type, Comment }: GlueColumn): string =>
  `  ${quoteHiveName(Name)} ${quoteMembers(Type)}${Comment ? ` COMMENT ${quoteHiveText(Comment)}` : ''}`;

const columnList = (columns: readonly GlueColumn[]): string => `(\n${columns.map(columnLine).join(',\n')}\n)`;

const propertyList = (properties: Readonly<Record<string, string>>): string =>
  `(\n${Object.entries(properties)
    .map(([name, value]) => `  ${quoteHiveText(name)} = ${quoteHiveText(value)}`)
    .join(',\n')}\n)`;

/**
 * A table of the lake as a statement of Athena's DDL, which is Hive's
 * (https://docs.aws.amazon.com/athena/latest/ug/create-table.html): the same table as {@link deriveGlueTable} without
 * the parameters of its columns, for which Hive's SQL has no place. Without a layer the table of clean events.
 *
 * @returns one statement that ends in a semicolon; Athena runs one statement at a time
 * @throws HeadwaterError as `deriveGlueTable`
 * @example deriveAthenaDdl(clickstream.schema, target) // 'CREATE EXTERNAL TABLE `shop`.`clickstream` (\n  `event_time` timestamp ...'
 */
export function deriveAthenaDdl(schema: TableSchema, target: AwsTarget, options: LayerOptions = {}): string {
  return athenaDdl(layerTable(schema, target, options), target.database);
}

/** An external table as a statement of Athena's DDL. */
export function athenaDdl(table: ExternalTable, database: string): string {
  const { Name, Description, StorageDescriptor, Parameters, PartitionKeys } = glueTableInput(table);
  const { Columns, Location, InputFormat, OutputFormat, SerdeInfo } = StorageDescriptor;
  // The statement says it by itself.
  const { EXTERNAL: _, ...properties } = Parameters;
  const statement = [
    `CREATE EXTERNAL TABLE ${quoteHiveName(database)}.${quoteHiveName(Name)} ${columnList(Columns)}`,
    ...(Description ? [`COMMENT ${quoteHiveText(Description)}`] : []),
    ...(PartitionKeys.length > 0 ? [`PARTITIONED BY ${columnList(PartitionKeys)}`] : []),
    `ROW FORMAT SERDE ${quoteHiveText(SerdeInfo.SerializationLibrary)}`,
    `WITH SERDEPROPERTIES ${propertyList(SerdeInfo.Parameters)}`,
    `STORED AS INPUTFORMAT ${quoteHiveText(InputFormat)}`,
    `  OUTPUTFORMAT ${quoteHiveText(OutputFormat)}`,
    `LOCATION ${quoteHiveText(Location)}`,
    `TBLPROPERTIES ${propertyList(properties)}`,
  ];
  return `${statement.join('\n')};\n`;
}
