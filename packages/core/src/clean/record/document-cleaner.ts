import { assertSource } from '../../table/assert-source.ts';
import { type FileColumn, fileSchema, memberNames, readPath } from '../../table/file-schema.ts';
import { elementPart, memberSteps, readsPaths } from '../../table/nested-path.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import type { RejectCode, RejectReason } from '../reject-code.ts';
import { type JsonObject, type JsonValue, readJson } from './json-reader.ts';
import { isNested, nestedValue, rawText, repeatedName } from './nested-value.ts';
import {
  type CleanResult,
  createRecordCleaner,
  createTextCleaner,
  type RecordCleanerOptions,
} from './record-cleaner.ts';
import { recordLookups } from './record-lookups.ts';

/** A record and the element of it that a row is of. */
interface Row {
  readonly record: JsonObject;
  readonly element?: JsonValue;
  /** From 1 on; absent for a record without elements. */
  readonly number?: number;
}

/** A value that a column may have in a row. */
type Candidate = (row: Row) => JsonValue | typeof repeatedName;

/**
 * Compiles a table to a function over one JSON document, as a line of a JSON Lines file holds it: columns are read from their paths
 * and names, a list that the table explodes gives a result for each element, and each is cleaned. It has the same results as a
 * load of the same line.
 *
 * A text keeps every digit of its numbers. In an object from `JSON.parse`, numbers are doubles: `12.50` is `12.5`, and an id beyond
 * 2^53 has lost digits. A name that a text has twice is rejected; `JSON.parse` has dropped all but its last value.
 *
 * @param options.source the source of the documents, as for a load
 * @param options.lookups the rows of each lookup of the table
 * @returns a result for each row, in the order of the elements; a single one for a document that is broken as a whole
 * @example
 * ```ts
 * const clean = createDocumentCleaner(orders.schema); // explode: 'items'; price: path 'items[].price'
 * clean('{"time":"2019-10-01 00:00:00","items":[{"price":1.10},{"price":"?"}]}');
 * // [{ accepted: true, row: { price: 1.1, ... } }, { accepted: false, reasons: [{ column: 'price', code: 'not_a_decimal' }] }]
 * ```
 */
export function createDocumentCleaner(
  schema: TableSchema,
  { source, lookups = {} }: RecordCleanerOptions = {},
): (document: string | JsonObject) => CleanResult[] {
  assertSource(schema, source);
  const file = fileSchema(schema, source);
  const clean = createTextCleaner(file, recordLookups(schema, lookups, createRecordCleaner));
  const columns = file.columns.map((column) => ({ column, candidates: candidatesOf(column) }));
  const list = schema.explode && memberSteps(schema.explode);
  const isPathTable = readsPaths(schema);

  function cleanRow(row: Row): CleanResult {
    const texts: (string | null)[] = [];
    const repeated: RejectReason[] = [];
    const nested: RejectReason[] = [];
    const broken: RejectReason[] = [];
    for (const { column, candidates } of columns) {
      const { name } = column;
      const found = candidates.map((candidate) => candidate(row));
      if (found.includes(repeatedName)) repeated.push({ column: name, code: 'repeated_name' });
      const value = found.find(
        (one): one is Exclude<JsonValue, null | undefined> =>
          one !== null && one !== undefined && one !== repeatedName,
      );
      // Without paths, another column than text reads what is nested as a text, which it cannot parse.
      if (isNested(value) && (isPathTable || column.type.kind === 'string'))
        nested.push({ column: name, code: 'nested_value' });
      const text = isNested(value) ? (Array.isArray(value) ? '[]' : '{}') : rawText(value, column);
      if (text?.isWellFormed() === false) broken.push({ column: name, code: 'lone_surrogate' });
      texts.push(column.constant ?? text);
    }
    const [reasons] = [broken, repeated, nested].filter((some) => some.length > 0);
    return reasons ? { accepted: false, reasons } : clean((index) => texts[index] ?? null);
  }

  return (document) => {
    const record = typeof document === 'string' ? readJson(document) : document;
    if (typeof record === 'string') return [brokenDocument(record)];
    if (typeof record !== 'object' || record === null || Array.isArray(record))
      return [brokenDocument('not_json')];
    if (!list) return [cleanRow({ record })];
    const elements = nestedValue(record, list);
    if (elements === repeatedName) return [brokenDocument('repeated_name')];
    if (elements === undefined || elements === null) return [cleanRow({ record })];
    if (!Array.isArray(elements)) return [brokenDocument('not_a_list')];
    if (elements.length === 0) return [cleanRow({ record })];
    return elements.map((element: JsonValue, index) => cleanRow({ record, element, number: index + 1 }));
  };
}

const brokenDocument = (code: RejectCode): CleanResult => ({
  accepted: false,
  reasons: [{ column: null, code }],
});

/** The values that a column may have: that of its path, then those of its names. */
function candidatesOf(column: FileColumn): Candidate[] {
  const source = readPath(column);
  const names = memberNames(column).map((name): Candidate => {
    const steps = memberSteps([name]);
    return ({ record }) => nestedValue(record, steps);
  });
  if (!source) return names;
  const part = elementPart(source);
  if (part === undefined) return [({ record }) => nestedValue(record, source), ...names];
  if (part === 'number') return [({ number }) => number, ...names];
  return [({ element }) => nestedValue(element, part), ...names];
}
