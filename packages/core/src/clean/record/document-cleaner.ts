import { assertSource } from '../../table/assert-source.ts';
import { fileSchema } from '../../table/file-schema.ts';
import { readsPaths } from '../../table/nested-path.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import type { CleanResult } from './clean-result.ts';
import { createFlatCleaner } from './flat-cleaner.ts';
import type { JsonObject } from './json-reader.ts';
import { createRecordCleaner, type RecordCleanerOptions } from './record-cleaner.ts';
import { recordLookups } from './record-lookups.ts';
import { createTextCleaner } from './text-cleaner.ts';
import { createTreeCleaner } from './tree-cleaner.ts';

/** Longer documents are rare, and are read as trees. */
const longestFlat = 1 << 16;

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
  options: RecordCleanerOptions = {},
): (document: string | JsonObject) => CleanResult[] {
  const { cleanTree, cleanFlat } = documentCleaners(schema, options);
  if (!cleanFlat) return cleanTree;
  const utf8 = new TextEncoder();
  const bytes = new Uint8Array(longestFlat);
  return (document) => {
    if (typeof document !== 'string') return cleanTree(document);
    const { read, written } = utf8.encodeInto(document, bytes);
    // The encoder replaces half of a pair, which no record may have. A text as long as its bytes is ASCII.
    if (read < document.length || (written > read && !document.isWellFormed())) return cleanTree(document);
    bytes[written] = 0;
    const flat = cleanFlat(document, bytes);
    return flat ? [flat] : cleanTree(document);
  };
}

/**
 * `createDocumentCleaner` for texts that were read from bytes.
 *
 * @returns the cleaning of a text, with its bytes in UTF-8, after which there is a 0
 */
export function createUtf8Cleaner(
  schema: TableSchema,
  options: RecordCleanerOptions = {},
): (text: string, bytes: Uint8Array) => CleanResult[] {
  const { cleanTree, cleanFlat } = documentCleaners(schema, options);
  if (!cleanFlat) return cleanTree;
  return (text, bytes) => {
    const flat = cleanFlat(text, bytes);
    return flat ? [flat] : cleanTree(text);
  };
}

function documentCleaners(schema: TableSchema, { source, lookups = {} }: RecordCleanerOptions) {
  assertSource(schema, source);
  const file = fileSchema(schema, source);
  const clean = createTextCleaner(file, recordLookups(schema, lookups, createRecordCleaner));
  return {
    cleanTree: createTreeCleaner(file, clean),
    cleanFlat: readsPaths(schema) ? undefined : createFlatCleaner(file, clean),
  };
}
