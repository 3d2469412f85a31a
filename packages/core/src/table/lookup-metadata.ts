import { HeadwaterError } from '../errors/headwater-error.ts';
import type { StepOf } from './cleaning-step.ts';
import type { ColumnMetadata } from './column-metadata.ts';
import type { LookupColumn } from './lookup-rule.ts';

/** Words that say how a field is read. A column of a lookup has no field. */
const ofFields = ['aliases', 'path', 'clean', 'nullTexts', 'map', 'numberFormat', 'invalid'] as const;

/**
 * The column of a lookup that metadata name; undefined for a column that is read from a field.
 *
 * @param parse the column's `parse` step
 * @throws HeadwaterError `DEFINITION_INVALID` when the column also says how a field is read
 */
export function lookupColumn(
  table: string,
  column: string,
  metadata: ColumnMetadata,
  parse: StepOf<'parse'>,
): LookupColumn | undefined {
  const { lookup } = metadata;
  if (lookup === undefined) return undefined;
  const word =
    ofFields.find((one) => metadata[one] !== undefined) ??
    (Object.keys(parse).length > 1 ? 'formats' : undefined);
  if (word !== undefined)
    throw new HeadwaterError('DEFINITION_INVALID', {
      table,
      column,
      problem: `has ${word === 'invalid' ? "invalid: 'null'" : word}, and is read from no field`,
      fix: "Set it on the column of the lookup's table",
    });
  const [name = '', ...rest] = String(lookup).split('.');
  return { name, column: rest.join('.') };
}
