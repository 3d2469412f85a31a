import type { TableSchema } from '../table/table-schema.ts';
import { deriveArrowSchema } from './arrow/arrow-schema.ts';
import { deriveDataDictionary } from './docs/data-dictionary.ts';
import { deriveDuckdbDdl } from './duckdb/duckdb-ddl.ts';
import { deriveJsonSchema } from './json/json-schema.ts';

/** One thing that can be derived from a table, as text to print or to write to a file. */
export interface Derivation {
  /** One line for a list of targets. */
  readonly description: string;
  /** The text, which ends in a line end. */
  readonly derive: (schema: TableSchema) => string;
}

const json =
  (derive: (schema: TableSchema) => object) =>
  (schema: TableSchema): string =>
    `${JSON.stringify(derive(schema), null, 2)}\n`;

/**
 * Every derivation by the name of its target.
 * @example derivations['duckdb-ddl'].derive(clickstream.schema) // 'CREATE TABLE "clickstream" (...'
 */
export const derivations = {
  'json-schema': {
    description: 'JSON Schema (draft 2020-12) of a clean row',
    derive: json(deriveJsonSchema),
  },
  'duckdb-ddl': {
    description: 'CREATE TABLE and COMMENT ON statements for DuckDB',
    derive: deriveDuckdbDdl,
  },
  'arrow-schema': {
    description: "Arrow schema in Arrow's JSON form",
    derive: json(deriveArrowSchema),
  },
  'data-dictionary': {
    description: 'Markdown page for people: columns, cleaning rules, roles, layout',
    derive: deriveDataDictionary,
  },
} as const satisfies Readonly<Record<string, Derivation>>;

/** The name of a {@link derivations} target. */
export type DerivationName = keyof typeof derivations;
