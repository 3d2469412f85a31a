import { unlessMissing } from '../aws/deploy-clients.ts';
import type { DataKind } from './data-kinds.ts';

/** A table of Glue, by `database.table`: its definition goes, and the files that it describes do not. */
export const glueTable: DataKind = {
  async size({ glue }, name) {
    const { GetTableCommand } = await import('@aws-sdk/client-glue');
    const [DatabaseName, Name] = name.split('.');
    const found = await unlessMissing(glue.send(new GetTableCommand({ DatabaseName, Name })));
    return (
      found && { count: found.Table?.StorageDescriptor?.Columns?.length ?? 0, unit: 'column', isMore: false }
    );
  },
  async remove({ glue }, name) {
    const { DeleteTableCommand } = await import('@aws-sdk/client-glue');
    const [DatabaseName, Name] = name.split('.');
    await unlessMissing(glue.send(new DeleteTableCommand({ DatabaseName, Name })));
  },
};

/** A database of Glue. It is deleted once it is empty: tables that others made in it stay. */
export const glueDatabase: DataKind = {
  async size({ glue }, name) {
    const { GetTablesCommand } = await import('@aws-sdk/client-glue');
    const found = await unlessMissing(glue.send(new GetTablesCommand({ DatabaseName: name })));
    return (
      found && { count: found.TableList?.length ?? 0, unit: 'table', isMore: found.NextToken !== undefined }
    );
  },
  async remove({ glue }, name) {
    const { DeleteDatabaseCommand, GetTablesCommand } = await import('@aws-sdk/client-glue');
    const found = await unlessMissing(glue.send(new GetTablesCommand({ DatabaseName: name })));
    const [other] = found?.TableList ?? [];
    if (other) throw new Error(`it has tables that the platform did not make, such as ${other.Name}`);
    await unlessMissing(glue.send(new DeleteDatabaseCommand({ Name: name })));
  },
};

/** A schema registry with its schemas and their versions. */
export const schemaRegistry: DataKind = {
  async size({ glue }, name) {
    const { GetRegistryCommand } = await import('@aws-sdk/client-glue');
    const found = await unlessMissing(
      glue.send(new GetRegistryCommand({ RegistryId: { RegistryName: name } })),
    );
    return found && null;
  },
  async remove({ glue }, name) {
    const { DeleteRegistryCommand } = await import('@aws-sdk/client-glue');
    await unlessMissing(glue.send(new DeleteRegistryCommand({ RegistryId: { RegistryName: name } })));
  },
};
