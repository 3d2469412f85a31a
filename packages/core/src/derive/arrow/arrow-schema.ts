import type { Column, TableSchema } from '../../table/table-schema.ts';
import { type ArrowField, type ArrowMetadata, arrowField } from '../../types/arrow-type.ts';

/** A schema in Arrow's JSON form: the value of `{ "schema": ... }` in its integration files. */
export interface ArrowSchema {
  readonly fields: readonly ArrowField[];
  readonly metadata: readonly ArrowMetadata[];
}

/** Metadata without empty values. */
function metadataOf(entries: Readonly<Record<string, string | undefined>>): ArrowMetadata[] {
  return Object.entries(entries).flatMap(([key, value]) => (value ? [{ key, value }] : []));
}

const fieldOf = ({ name, type, nullable, description, unit, pii }: Column): ArrowField =>
  arrowField(name, type, nullable, metadataOf({ description, unit, pii: pii === 'none' ? undefined : pii }));

/**
 * The table as an Arrow schema in Arrow's JSON form (https://arrow.apache.org/docs/format/Integration.html), with
 * descriptions, units and sensitivity as field metadata.
 *
 * @example
 * ```ts
 * import { RecordBatchReader } from 'apache-arrow';
 * RecordBatchReader.from({ schema: deriveArrowSchema(clickstream.schema), batches: [], dictionaries: [] }).open().schema;
 * ```
 */
export function deriveArrowSchema(schema: TableSchema): ArrowSchema {
  return {
    fields: schema.columns.map(fieldOf),
    metadata: metadataOf({ table: schema.name, description: schema.description }),
  };
}
