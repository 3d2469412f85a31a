import type { Column } from '@headwater/core';
import {
  elementPart,
  type FileSchema,
  memberNames,
  memberSteps,
  type PathStep,
  quoteText,
  readPath,
} from '@headwater/core/internal';
import { jsonDelimiter } from '../../input/block-scanner.ts';
import type { LineScan } from '../../input/line-scan.ts';
import { elementRecordRows } from './explode.ts';
import { createJsonReads, enginePath, type JsonReads, type JsonValue } from './json-path.ts';
import { notJson, reasonsOf, rewrites } from './json-relation.ts';
import { markedJson, markedName, unmarkedJson, unmarkedText } from './marked-json.ts';
import { type RawRelation, reasonSql } from './raw-relation.ts';
import { readLines } from './read-lines.ts';

/** A column with the values that it may have in a record, in the order in which they are tried. */
interface ColumnValues {
  readonly column: Column;
  readonly values: readonly JsonValue[];
}

/**
 * JSON Lines of nested records: each column is read from its path, or from its names in the line's object. Numbers keep every
 * digit, as in {@link jsonRelation}. A table that explodes a list has a row for each of its elements.
 *
 * A path has a value where every step finds its member or element; a value of another kind on the way has none, and gives null.
 */
export function nestedJsonRelation(
  schema: FileSchema,
  path: string,
  input: number,
  scan: LineScan,
): RawRelation {
  const skip = scan.copy ? 1 : 0;
  const from = readLines({ path, input, scan, fields: ['line'], delimiter: jsonDelimiter, skip });
  const record = createJsonReads('record', 'of_record');
  const element = createJsonReads('element', 'of_element');
  const list = schema.explode && record.value(memberSteps(schema.explode));
  const columns = schema.columns.map((column): ColumnValues => {
    const names = memberNames(column).map((name) => record.value(memberSteps([name])));
    const source = readPath(column);
    return { column, values: source ? [pathValue(source, record, element), ...names] : names };
  });
  const texts = columns.map(({ values }, index) => `${firstOf(values)} AS t${index}`);
  const raws = columns.map(
    ({ column: { type } }, index) =>
      `${unmarkedText(`t${index}`, rewrites[type.kind]?.write ?? String)} AS r${index}`,
  );
  const line = `SELECT line, is_object, CASE WHEN is_object THEN ${markedJson('line')} END AS record
    FROM (SELECT line, json_valid(line) AND starts_with(ltrim(line, ' \t'), '{') AS is_object FROM ${from})`;
  const records = `SELECT *, ${record.mayRepeat()} AS repeats FROM (${layered(line, record)})`;
  const rows = list && schema.explode ? layered(exploded(records, schema.explode, list), element) : records;
  return {
    select: `SELECT *, ${raws.join(', ')} FROM (SELECT *, ${texts.join(', ')} FROM (${rows}))`,
    rawText: schema.explode ? oneElementText(schema.explode) : 'line',
    broken: brokenSql(columns, schema.explode ? element : undefined),
    ...(schema.explode ? { recordRows: elementRecordRows } : {}),
  };
}

/** A path's value: in the record, or in the element that the row is of. */
function pathValue(source: readonly PathStep[], record: JsonReads, element: JsonReads): JsonValue {
  const part = elementPart(source);
  if (part === undefined) return record.value(source);
  if (part !== 'number') return element.value(part);
  const text = `CASE WHEN element_count > 0 THEN '#' || element_number END`;
  return { text, type: "'UBIGINT'", isRepeated: 'false' };
}

const firstOf = (values: readonly JsonValue[]): string =>
  values.length > 0 ? `coalesce(${values.map(({ text }) => text).join(', ')})` : 'NULL::VARCHAR';

/** Adds the columns that the values of paths are read from. */
const layered = (from: string, reads: JsonReads): string =>
  reads
    .layers()
    .filter((columns) => columns.length > 0)
    .reduce((inner, columns) => `SELECT *, ${columns.join(', ')} FROM (${inner})`, from);

/** A row for each element of a list. A record without elements is one row, whose element is NULL. */
function exploded(records: string, names: readonly string[], list: JsonValue): string {
  const members = memberSteps(names);
  const [path, elements] = [enginePath(members), enginePath(members, '[*]')];
  return `SELECT *, unnest(elements) AS element, generate_subscripts(elements, 1) AS element_number
    FROM (SELECT *, CASE WHEN element_count > 0 THEN json_extract(record, ${elements}) ELSE [NULL::JSON] END AS elements
      FROM (SELECT *, CASE WHEN list_type = 'ARRAY' AND list_fault IS NULL THEN json_array_length(record, ${path}) ELSE 0 END AS element_count
        FROM (SELECT *, CASE WHEN CASE WHEN repeats THEN ${list.isRepeated} ELSE false END THEN 'repeated_name'
            WHEN list_type NOT IN ('ARRAY', 'NULL') THEN 'not_a_list' END AS list_fault
          FROM (SELECT *, ${list.type} AS list_type FROM (${records})))))`;
}

/** The record of a rejected row with its own element only: loading it again gives that row and none of the others. */
function oneElementText(names: readonly string[]): string {
  const patch = names
    .map(markedName)
    .reduceRight((value, name) => `json_object(${quoteText(name)}, ${value})`, '[element]');
  return `CASE WHEN element_count > 1 THEN ${unmarkedJson(`json_merge_patch(record, ${patch})::VARCHAR`)} ELSE line END`;
}

/** Why a row is rejected as a whole, or one of its values before it is looked at. */
function brokenSql(columns: readonly ColumnValues[], element: JsonReads | undefined): string {
  const repeated = columns.flatMap(({ column, values }) => {
    const twice = values.map(({ isRepeated }) => isRepeated).filter((sql) => sql !== 'false');
    return twice.length > 0
      ? [`CASE WHEN ${twice.join(' OR ')} THEN ${reasonSql(quoteText(column.name), 'repeated_name')} END`]
      : [];
  });
  const nested = columns.map(({ column, values }) => {
    const type = `CASE ${values.map((value) => `WHEN ${value.text} IS NOT NULL THEN ${value.type}`).join(' ')} END`;
    const reason = reasonSql(quoteText(column.name), 'nested_value');
    return values.length > 0 ? `CASE WHEN ${type} IN ('OBJECT', 'ARRAY') THEN ${reason} END` : 'NULL';
  });
  const maybeNested = columns.map((_, index) => `starts_with(t${index}, '{') OR starts_with(t${index}, '[')`);
  const wholeList = `WHEN list_fault IS NOT NULL THEN [struct_pack("column" := NULL::VARCHAR, code := list_fault)]`;
  const mayRepeat = element ? `repeats OR ${element.mayRepeat()}` : 'repeats';
  return `CASE WHEN NOT is_object THEN ${notJson}
    ${element ? wholeList : ''}
    ELSE coalesce(
      CASE WHEN ${mayRepeat} THEN ${reasonsOf(repeated)} END,
      CASE WHEN CASE ${maybeNested.map((one) => `WHEN ${one} THEN true`).join(' ')} ELSE false END THEN ${reasonsOf(nested)} END) END`;
}
