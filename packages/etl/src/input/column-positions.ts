import { HeadwaterError } from '@headwater/core';
import { type FileSchema, fieldNames, isReadFromFile, sourceNames } from '@headwater/core/internal';
import { shownName } from './shown-name.ts';

/**
 * For each column, the field that it is read from, or null. The column's names are tried in their order. Case and spaces at
 * the ends do not matter; where a file has a name twice, the field that is spelled exactly so is read, or else the first.
 */
export function positionsOf({ columns }: FileSchema, fields: readonly string[]): (number | null)[] {
  const exact = new Map<string, number>();
  const alike = new Map<string, number>();
  fields.forEach((field, index) => {
    const name = field.trim();
    if (!exact.has(name)) exact.set(name, index);
    if (!alike.has(name.toLowerCase())) alike.set(name.toLowerCase(), index);
  });
  return columns.map((column) => {
    for (const name of fieldNames(column)) {
      const index = exact.get(name) ?? alike.get(name.toLowerCase());
      if (index !== undefined) return index;
    }
    return null;
  });
}

/** Refuses a file without a column that the table requires. */
export function assertColumns(
  schema: FileSchema,
  source: string,
  found: readonly string[],
  positions: readonly (number | null)[],
): void {
  const missing = missingColumns(schema, positions);
  if (missing.length === 0) return;
  const shown = found.filter((field) => field.trim() !== '').map(shownName);
  throw new HeadwaterError('INPUT_COLUMNS_MISSING', {
    file: source,
    missing,
    found: shown,
    table: schema.name,
    ...sourcesOf(schema),
  });
}

/** The columns without which a row cannot be, and those by which the source chooses rows: without one it would choose all or none. */
export function missingColumns(schema: FileSchema, positions: readonly (number | null)[]): string[] {
  const compared = new Set(schema.where?.map(({ column }) => column));
  return schema.columns
    .filter(
      (column, index) =>
        positions[index] === null &&
        isReadFromFile(column) &&
        (compared.has(column.name) ||
          (!column.nullable && !column.steps.some((step) => step.step === 'default'))),
    )
    .map((column) => column.name);
}

/** The sources of a table, for the error about a file that is read without one. */
export const sourcesOf = (schema: FileSchema): { readonly sources?: readonly string[] } =>
  schema.sources && schema.source === undefined ? { sources: sourceNames(schema) } : {};
