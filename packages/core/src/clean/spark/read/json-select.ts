import {
  type FileColumn,
  type FileSchema,
  fieldNames,
  memberNames,
  readPath,
} from '../../../table/file-schema.ts';
import { elementPart, memberSteps, type PathStep, readsPaths } from '../../../table/nested-path.ts';
import { type Layer, layeredSelect } from '../spark-layers.ts';
import { explodedRecords, oneElementText } from './exploded-json.ts';
import { jsonLineLayers, jsonLines } from './json-line-layers.ts';
import { createSparkJsonReads, type SparkJsonReads, type SparkJsonValue } from './json-path-sql.ts';
import { jsonTexts } from './json-texts.ts';
import { quarantinedLine } from './line-sql.ts';
import { isNested } from './marked-json.ts';
import { columnReasons, rawTexts, sparkReason, wholeLineReasons } from './raw-reasons.ts';

/** The relation that JSON lines are read from: the name of a view. */
export interface JsonRelations {
  /** `input INT, place BIGINT, value STRING`: each line without its line feed, with the order of the lines of an input. */
  readonly lines: string;
}

/**
 * SQL that reads JSON Lines, each an object: `input, place, raw, broken, r0..rn`. A table that explodes a list has a row for each element,
 * with `element`, its place from 0 on, and `record_rows`: on the first row of a record the number of its rows, else 0. Numbers keep
 * every digit. What is JSON, and which lines and values are broken, is as in a load by DuckDB.
 *
 * @returns a SELECT
 */
export function sparkJsonSelect(file: FileSchema, { lines }: JsonRelations): string {
  const record = createSparkJsonReads({ members: 'members' }, 'record');
  const element = createSparkJsonReads({ text: 'element_text' }, 'of_element');
  const values = file.columns.map((column) => valuesOf(column, record, element));
  const list = file.explode && record.value(memberSteps(file.explode));
  const parents = file.explode?.map((_, index, names) => record.members(names.slice(0, index))) ?? [];
  const texts: Layer = values.map((some, index) => ({ name: `t${index}`, sql: firstOf(some) }));
  const records = layeredSelect(jsonLines(lines), [...jsonLineLayers, ...record.layers()]);
  const rows = list
    ? layeredSelect(explodedRecords(records, list, record.mayRepeat()), element.layers())
    : records;
  const { layer, textOf } = jsonTexts(file, (index) => (values[index]?.length ? `t${index}` : undefined));
  const read = layeredSelect(rows, [texts, layer]);
  const raws = rawTexts(file, textOf);
  const line = quarantinedLine('text');
  return `SELECT input, place,
  ${file.explode ? `CASE WHEN element_count > 1 THEN ${oneElementText(file.explode, parents)} ELSE ${line} END` : line} AS raw,
  ${brokenSql(file, values, record, list && element)} AS broken,
  ${raws.join(',\n  ')}${file.explode ? `,\n  element_place AS element, CASE WHEN element_place > 0 THEN 0 ELSE greatest(element_count, 1) END AS record_rows` : ''}
FROM ${read}`;
}

/** The values that a column may have in a record, in the order in which they are tried. */
function valuesOf(column: FileColumn, record: SparkJsonReads, element: SparkJsonReads): SparkJsonValue[] {
  const source = readPath(column);
  const names = source ? memberNames(column) : fieldNames(column);
  const named = names.map((name) => record.value(memberSteps([name])));
  return source ? [pathValue(source, record, element), ...named] : named;
}

function pathValue(
  source: readonly PathStep[],
  record: SparkJsonReads,
  element: SparkJsonReads,
): SparkJsonValue {
  const part = elementPart(source);
  if (part === undefined) return record.value(source);
  if (part !== 'number') return element.value(part);
  return { text: `CASE WHEN element_count > 0 THEN concat('n', element_place + 1) END`, repeated: [] };
}

const firstOf = (values: readonly SparkJsonValue[]): string =>
  values.length > 0 ? `coalesce(${values.map(({ text }) => text).join(', ')})` : 'CAST(NULL AS STRING)';

/** Why a row is rejected as a whole, or one of its values before it is looked at. */
function brokenSql(
  file: FileSchema,
  values: readonly (readonly SparkJsonValue[])[],
  record: SparkJsonReads,
  element: SparkJsonReads | undefined,
): string {
  const { columns } = file;
  const repeated = columns.flatMap(({ name: column }, index) => {
    const twice = values[index]?.flatMap((value) => value.repeated) ?? [];
    return twice.length > 0 ? [{ applies: twice.join(' OR '), column, code: 'repeated_name' as const }] : [];
  });
  // A nested value has no text. Columns of other kinds reject the text of it by their own rules.
  const nested = columns.flatMap(({ name: column, type }, index) =>
    values[index]?.length && (type.kind === 'string' || readsPaths(file))
      ? [{ applies: isNested(`t${index}`), column, code: 'nested_value' as const }]
      : [],
  );
  const mayRepeat = element ? `${record.mayRepeat()} OR ${element.mayRepeat()}` : record.mayRepeat();
  const ofList = element
    ? `WHEN list_fault IS NOT NULL THEN array(${sparkReason('NULL', 'list_fault')})`
    : '';
  return `CASE WHEN code IS NOT NULL THEN ${wholeLineReasons('code')} ${ofList}
    ELSE coalesce(CASE WHEN ${mayRepeat} THEN ${columnReasons(repeated)} END, ${columnReasons(nested)}) END`;
}
