import type { AwsTarget } from '../../catalog/aws-target.ts';
import type { ExternalTable } from '../../catalog/external-table.ts';
import { layerTable, type TableLayer } from '../../catalog/layers/layer-table.ts';
import type { PermissionClass } from '../../catalog/permission-class.ts';
import { needsOwnView, needsReadView, readViewName, visibleTo } from '../../catalog/read-view.ts';
import type { TableSchema } from '../../table/table-schema.ts';

/** A table or a view of the catalog, as far as rights to it are concerned. */
export type GuardedTable = Pick<ExternalTable, 'name' | 'columns' | 'keys'>;

/** The tables of the layers. The clean events have former names of columns too. */
export const guardedTables = (
  schema: TableSchema,
  target: AwsTarget,
  layers: readonly TableLayer[],
): GuardedTable[] => layers.map((layer) => layerTable(schema, target, { layer }));

/** The views that publishing makes over the clean events: for readers of every column, and for each class of readers. */
export function guardedViews(schema: TableSchema, target: AwsTarget): GuardedTable[] {
  if (!needsReadView(schema)) return [];
  const classes = (target.permissionClasses ?? []).filter((one) => needsOwnView(schema, one));
  return [undefined, ...classes].map((readers) => guardedView(schema, target, readers));
}

/** A view has the partition keys as columns, and no former names. */
function guardedView(
  schema: TableSchema,
  target: AwsTarget,
  readers: PermissionClass | undefined,
): GuardedTable {
  const { keys } = layerTable(schema, target, {});
  const names = new Set(keys.map(({ name }) => name));
  const columns = visibleTo(schema, readers).columns.filter(({ name }) => !names.has(name));
  return { name: readViewName(schema.name, readers), columns: [...columns, ...keys], keys: [] };
}
