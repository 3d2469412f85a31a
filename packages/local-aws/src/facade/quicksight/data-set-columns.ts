import { at, type Members } from '../../rules/aws-rule.ts';

/** A column of a data set, by the words of its description. */
export interface OutputColumn {
  readonly Name: string;
  readonly Type: string;
}

/** A description has fewer types than a table: what is neither a number nor a time is a text. */
const outputTypes: Readonly<Record<string, string>> = {
  INTEGER: 'INTEGER',
  DECIMAL: 'DECIMAL',
  DATETIME: 'DATETIME',
};

const listOf = (value: unknown): readonly unknown[] => [value ?? []].flat();
const valuesOf = (value: unknown): readonly unknown[] => Object.values(Object(value));

/** The columns that a data set gives to analyses: those of its tables, after their transformations. */
export function dataSetColumns({ PhysicalTableMap, LogicalTableMap }: Members): readonly OutputColumn[] {
  const columns = new Map<string, string>();
  for (const table of valuesOf(PhysicalTableMap)) {
    const [source] = valuesOf(table);
    for (const column of listOf(at(source, 'InputColumns') ?? at(source, 'Columns')))
      columns.set(String(at(column, 'Name')), String(at(column, 'Type')));
  }
  for (const table of valuesOf(LogicalTableMap))
    for (const transform of listOf(at(table, 'DataTransforms'))) transformColumns(columns, transform);
  return [...columns].map(([Name, type]) => ({ Name, Type: outputTypes[type] ?? 'STRING' }));
}

function transformColumns(columns: Map<string, string>, transform: unknown): void {
  const kept = listOf(at(transform, 'ProjectOperation', 'ProjectedColumns')).map(String);
  if (kept.length > 0) for (const name of [...columns.keys()]) if (!kept.includes(name)) columns.delete(name);
  const renamed = at(transform, 'RenameColumnOperation');
  if (renamed !== undefined) {
    const before = String(at(renamed, 'ColumnName'));
    columns.set(String(at(renamed, 'NewColumnName')), columns.get(before) ?? 'STRING');
    columns.delete(before);
  }
  const cast = at(transform, 'CastColumnTypeOperation');
  if (cast !== undefined) columns.set(String(at(cast, 'ColumnName')), String(at(cast, 'NewColumnType')));
  // The type of an expression is not worked out here; a number takes every place that the tests of definitions have.
  for (const column of listOf(at(transform, 'CreateColumnsOperation', 'Columns')))
    columns.set(String(at(column, 'ColumnName')), 'DECIMAL');
}
