import {
  DuckDBArrayType,
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  type DuckDBType,
  DuckDBTypeId,
} from '@duckdb/node-api';
import { type PathStep, quoteName, quoteText } from '@headwater/core/internal';

/** A value of a Parquet file in SQL, and its type. */
export interface ParquetNode {
  readonly sql: string;
  readonly type: DuckDBType;
}

/** A column of a Parquet file: its name in the file, and its value. */
export interface ParquetColumn extends ParquetNode {
  readonly name: string;
}

/** What a path finds in the types of a file. */
export interface ParquetTarget extends ParquetNode {
  /** The place of the column of the file that it begins in. */
  readonly position: number;
  /** The names of its members as the file has them. */
  readonly names: readonly string[];
}

/**
 * Follows a path through the columns of a Parquet file. Names are matched as those of columns are: exactly, or else in any case.
 * The keys of a map are values, and are matched exactly.
 *
 * @returns undefined where the types of the file have no such value
 */
export function parquetTarget(
  columns: readonly ParquetColumn[],
  [first, ...steps]: readonly PathStep[],
): ParquetTarget | undefined {
  if (first?.step !== 'member') return undefined;
  const position = placeOf(
    columns.map(({ name }) => name),
    first.name,
  );
  const column = columns[position];
  if (!column) return undefined;
  const names = [column.name];
  const end = parquetNode(column, steps, names);
  return end && { ...end, position, names };
}

/** The same from a value on, such as an element of a list. */
export function parquetNode(
  start: ParquetNode,
  steps: readonly PathStep[],
  names: string[] = [],
): ParquetNode | undefined {
  let node: ParquetNode | undefined = start;
  for (const step of steps) {
    if (!node) return undefined;
    if (step.step === 'member') node = memberOf(node, step.name, names);
    else if (step.step === 'element') node = elementOf(node, `[${step.index + 1}]`);
    else if (step.step === 'first') node = firstOf(node, step);
    else return undefined;
  }
  return node;
}

/** The type of the elements of a list; undefined for another type. */
export const elementType = (type: DuckDBType): DuckDBType | undefined =>
  type instanceof DuckDBListType || type instanceof DuckDBArrayType ? type.valueType : undefined;

function placeOf(names: readonly string[], name: string): number {
  const exact = names.indexOf(name);
  return exact === -1 ? names.findIndex((one) => one.toLowerCase() === name.toLowerCase()) : exact;
}

function memberOf({ sql, type }: ParquetNode, name: string, names: string[] = []): ParquetNode | undefined {
  if (type instanceof DuckDBStructType) {
    const place = placeOf(type.entryNames, name);
    const member = type.entryTypes[place];
    names.push(type.entryNames[place] ?? name);
    // By place: names that differ in case only are one to the engine.
    return member && { sql: `struct_extract_at(${sql}, ${place + 1})`, type: member };
  }
  if (type instanceof DuckDBMapType && type.keyType.typeId === DuckDBTypeId.VARCHAR) {
    names.push(name);
    return { sql: `${sql}[${quoteText(name)}]`, type: type.valueType };
  }
  return undefined;
}

function elementOf({ sql, type }: ParquetNode, place: string): ParquetNode | undefined {
  const element = elementType(type);
  return element && { sql: `(${sql})${place}`, type: element };
}

function firstOf(list: ParquetNode, { name, text }: Extract<PathStep, { step: 'first' }>) {
  const element = elementType(list.type);
  const key = element && memberOf({ sql: 'item', type: element }, name);
  if (!element || !key || isNestedType(key.type.toString())) return undefined;
  const found = `list_filter(${list.sql}, lambda item: ${scalarText(key)} = ${quoteText(text)})[1]`;
  return { sql: found, type: element };
}

/** Whether values of a type, by its name, have members or elements, and so no text. */
export const isNestedType = (type: string): boolean => /^(?:STRUCT|MAP|UNION|VARIANT)\b|\[\d*\]$/.test(type);

/** SQL for the text of a value that is not nested. Some writers say no more of a string than that it is bytes. */
const scalarText = ({ sql, type }: ParquetNode): string =>
  type.typeId === DuckDBTypeId.BLOB ? `TRY(decode(${sql}))` : `${sql}::VARCHAR`;

/** A column of a file as a value. */
export const parquetColumn = (name: string, engineName: string, type: DuckDBType): ParquetColumn => ({
  name,
  sql: quoteName(engineName),
  type,
});
