import { publishedSnapshot } from '@headwater/publish';
import { unlessMissing } from '../aws/deploy-clients.ts';
import { findTable } from '../aws/glue-table.ts';
import type { DataKind } from './data-kinds.ts';

/** The database and the table of `database.table`. */
function placeOf(name: string): [database: string, table: string] {
  const [database = '', table = ''] = name.split('.');
  return [database, table];
}

/** A table of Glue, by `database.table`: its definition goes, and the files that it describes do not. */
export const glueTable: DataKind = {
  async size(clients, name) {
    const found = await findTable(clients, ...placeOf(name));
    return found && { count: found.StorageDescriptor?.Columns?.length ?? 0, unit: 'column', isMore: false };
  },
  async staysBecause(clients, name) {
    const found = await findTable(clients, ...placeOf(name));
    return found?.Parameters?.[publishedSnapshot] === undefined
      ? `has no parameter ${publishedSnapshot}, so the platform did not make it`
      : undefined;
  },
  async remove({ glue }, name) {
    const { DeleteTableCommand } = await import('@aws-sdk/client-glue');
    const [DatabaseName, Name] = placeOf(name);
    await unlessMissing(glue.send(new DeleteTableCommand({ DatabaseName, Name })));
  },
};

/** A database of Glue. It is deleted only where it has no other tables than those that are deleted before it. */
export const glueDatabase: DataKind = {
  async size({ glue }, name) {
    const { GetTablesCommand } = await import('@aws-sdk/client-glue');
    const found = await unlessMissing(glue.send(new GetTablesCommand({ DatabaseName: name })));
    return (
      found && { count: found.TableList?.length ?? 0, unit: 'table', isMore: found.NextToken !== undefined }
    );
  },
  async staysBecause({ glue }, name, ours) {
    const { paginateGetTables } = await import('@aws-sdk/client-glue');
    for await (const { TableList = [] } of paginateGetTables({ client: glue }, { DatabaseName: name })) {
      const other = TableList.find((table) => !ours.has(`${name}.${table.Name}`));
      if (other) return `has other tables, such as ${other.Name}`;
    }
    return undefined;
  },
  async remove({ glue }, name) {
    const { DeleteDatabaseCommand, GetTablesCommand } = await import('@aws-sdk/client-glue');
    const found = await unlessMissing(glue.send(new GetTablesCommand({ DatabaseName: name })));
    const [other] = found?.TableList ?? [];
    if (other) throw new Error(`it has tables that the platform did not make, such as ${other.Name}`);
    await unlessMissing(glue.send(new DeleteDatabaseCommand({ Name: name })));
  },
};

/** A schema registry with its schemas and their versions. It is deleted only where it has no other schemas than those of the stack. */
export const schemaRegistry: DataKind = {
  async size({ glue }, name) {
    const { GetRegistryCommand } = await import('@aws-sdk/client-glue');
    const found = await unlessMissing(
      glue.send(new GetRegistryCommand({ RegistryId: { RegistryName: name } })),
    );
    return found && null;
  },
  async staysBecause({ glue }, name, ours) {
    const { paginateListSchemas } = await import('@aws-sdk/client-glue');
    try {
      for await (const { Schemas = [] } of paginateListSchemas(
        { client: glue },
        { RegistryId: { RegistryName: name } },
      )) {
        const other = Schemas.find(({ SchemaName }) => !ours.has(`${name}/${SchemaName}`));
        if (other) return `has other schemas, such as ${other.SchemaName}`;
      }
      return undefined;
    } catch (error) {
      // Glue deletes a registry with everything in it: what nobody can see stays.
      return `has schemas that cannot be listed: ${error instanceof Error ? error.message || error.name : String(error)}`;
    }
  },
  async remove({ glue }, name) {
    const { DeleteRegistryCommand } = await import('@aws-sdk/client-glue');
    await unlessMissing(glue.send(new DeleteRegistryCommand({ RegistryId: { RegistryName: name } })));
  },
};
