import type { CreateDataSetCommandInput, TransformOperation } from '@aws-sdk/client-quicksight';

/** The kinds of values that a visual can have. `unknown` is an expression, whose type is not worked out here. */
export type ColumnKind = 'text' | 'number' | 'date' | 'unknown';

/** By the types of tables and those of casts. */
const kinds: Readonly<Record<string, ColumnKind>> = {
  STRING: 'text',
  INTEGER: 'number',
  DECIMAL: 'number',
  DATETIME: 'date',
};

/** The columns that a data set gives to an analysis, after the renames, casts and projections of its logical tables. */
export function dataSetColumns({
  PhysicalTableMap,
  LogicalTableMap,
}: Pick<CreateDataSetCommandInput, 'PhysicalTableMap' | 'LogicalTableMap'>): ReadonlyMap<string, ColumnKind> {
  const columns = new Map<string, ColumnKind>();
  for (const { CustomSql, RelationalTable, S3Source } of Object.values(PhysicalTableMap ?? {}))
    for (const { Name = '', Type = '' } of CustomSql?.Columns ??
      RelationalTable?.InputColumns ??
      S3Source?.InputColumns ??
      [])
      columns.set(Name, kinds[Type] ?? 'unknown');
  for (const { DataTransforms = [] } of Object.values(LogicalTableMap ?? {}))
    for (const transform of DataTransforms) transformColumns(columns, transform);
  return columns;
}

function transformColumns(columns: Map<string, ColumnKind>, transform: TransformOperation): void {
  const { ProjectOperation, RenameColumnOperation, CastColumnTypeOperation, CreateColumnsOperation } =
    transform;
  if (ProjectOperation)
    for (const name of [...columns.keys()])
      if (!ProjectOperation.ProjectedColumns?.includes(name)) columns.delete(name);
  if (RenameColumnOperation) {
    const { ColumnName = '', NewColumnName = '' } = RenameColumnOperation;
    const kind = columns.get(ColumnName);
    columns.delete(ColumnName);
    if (kind !== undefined) columns.set(NewColumnName, kind);
  }
  if (CastColumnTypeOperation) {
    const { ColumnName = '', NewColumnType = '' } = CastColumnTypeOperation;
    if (columns.has(ColumnName)) columns.set(ColumnName, kinds[NewColumnType] ?? 'unknown');
  }
  for (const { ColumnName = '' } of CreateColumnsOperation?.Columns ?? []) columns.set(ColumnName, 'unknown');
}
