import type { AwsTarget } from '../../catalog/aws-target.ts';
import { columnsThenKeys } from '../../catalog/partition-keys.ts';
import type { PermissionClass } from '../../catalog/permission-class.ts';
import { needsReadView, readViewName, visibleTo } from '../../catalog/read-view.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { hiveType } from '../../types/hive-type.ts';
import { deriveReadView, readViewColumns } from '../trino/read-view.ts';
import type { GlueColumn } from './glue-table-input.ts';

/** A view of the Glue Data Catalog, as the input of CreateTable and UpdateTable. */
export interface GlueViewInput {
  readonly Name: string;
  readonly TableType: 'VIRTUAL_VIEW';
  readonly Parameters: Record<string, string>;
  readonly ViewOriginalText: string;
  readonly ViewExpandedText: string;
  readonly StorageDescriptor: { readonly Columns: GlueColumn[]; readonly SerdeInfo: Record<string, never> };
  readonly PartitionKeys: GlueColumn[];
}

/** The catalog's name in Athena. Our documentation recommends it for Trino too. */
const catalog = 'awsdatacatalog';

/** Base64 of a text's UTF-8, in browsers and in Node. */
const base64 = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));

/**
 * The read view of a table as an entry of the Glue Data Catalog, so that it can be published without running a statement. It
 * has the form in which Trino's Hive connector and Athena store a view
 * (https://github.com/trinodb/trino/blob/476/plugin/trino-hive/src/main/java/io/trino/plugin/hive/ViewReaderUtil.java).
 *
 * @param permissionClass the readers, who see the view's columns only. Defaults to those who see every column
 * @throws HeadwaterError `OPTION_INVALID` for a table that needs no view
 * @example await glue.send(new CreateTableCommand({ DatabaseName: target.database, TableInput: deriveGlueView(schema, target) }))
 */
export function deriveGlueView(
  schema: TableSchema,
  target: AwsTarget,
  permissionClass?: PermissionClass,
): GlueViewInput {
  if (!needsReadView(schema)) {
    const expected = 'a table with renamed columns or defaults; queries read the table itself';
    throw new HeadwaterError('OPTION_INVALID', { option: 'table', value: schema.name, expected });
  }
  const shown = visibleTo(schema, permissionClass);
  const view = {
    originalSql: deriveReadView(shown, target.database),
    catalog,
    schema: target.database,
    columns: readViewColumns(shown),
    // Queries run with the rights of the reader, not of the publisher.
    runAsInvoker: true,
  };
  return {
    Name: readViewName(schema.name, permissionClass),
    TableType: 'VIRTUAL_VIEW',
    // No description: it would replace the comment, by which Trino recognizes its own views.
    Parameters: { presto_view: 'true', comment: 'Presto View' },
    ViewOriginalText: `/* Presto View: ${base64(JSON.stringify(view))} */`,
    ViewExpandedText: '/* Presto View */',
    StorageDescriptor: {
      Columns: columnsThenKeys(shown).map(({ name, type }) => ({ Name: name, Type: hiveType(type) })),
      // A view has no SerDe, but Trino fails to read it without the member.
      SerdeInfo: {},
    },
    PartitionKeys: [],
  };
}
