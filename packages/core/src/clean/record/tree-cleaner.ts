import { type FileColumn, type FileSchema, memberNames, readPath } from '../../table/file-schema.ts';
import { elementPart, memberSteps, readsPaths } from '../../table/nested-path.ts';
import type { RejectCode, RejectReason } from '../reject-code.ts';
import type { CleanResult } from './clean-result.ts';
import { type JsonObject, type JsonValue, readJson } from './json-reader.ts';
import { isNested, nestedValue, rawText, repeatedName } from './nested-value.ts';
import type { RowTexts } from './text-cleaner.ts';

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
 * The cleaning of JSON documents as trees of values: what `createDocumentCleaner` does with any of them.
 *
 * @param file the schema of the files of a source
 * @param clean cleans the texts of a row
 */
export function createTreeCleaner(
  file: FileSchema,
  clean: (texts: RowTexts) => CleanResult,
): (document: string | JsonObject) => CleanResult[] {
  const columns = file.columns.map((column) => ({ column, candidates: candidatesOf(column) }));
  const list = file.explode && memberSteps(file.explode);
  const isPathTable = readsPaths(file);

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
    return reasons ? { accepted: false, reasons } : clean(texts);
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
