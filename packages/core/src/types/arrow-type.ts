import { type DataType, type DataTypeTable, mapDataType } from '../table/data-type.ts';

/**
 * A type in Arrow's JSON form (https://arrow.apache.org/docs/format/Integration.html#json-test-data-format).
 * It is plain data, so core needs no Arrow library. Every Arrow implementation that runs the integration tests reads it.
 */
export type ArrowType =
  | { readonly name: 'utf8' | 'bool' | 'list' | 'struct' }
  | { readonly name: 'int'; readonly bitWidth: 32 | 64; readonly isSigned: true }
  | { readonly name: 'floatingpoint'; readonly precision: 'DOUBLE' }
  | { readonly name: 'decimal'; readonly precision: number; readonly scale: number; readonly bitWidth: 128 }
  | { readonly name: 'date'; readonly unit: 'DAY' }
  | { readonly name: 'timestamp'; readonly unit: 'MILLISECOND' }
  | { readonly name: 'map'; readonly keysSorted: false };

/** A named, typed member of an Arrow schema or of a nested type, in Arrow's JSON form. */
export interface ArrowField {
  readonly name: string;
  readonly nullable: boolean;
  readonly type: ArrowType;
  readonly children: readonly ArrowField[];
  readonly metadata?: readonly ArrowMetadata[];
}

/** One entry of a field's or schema's metadata. */
export interface ArrowMetadata {
  readonly key: string;
  readonly value: string;
}

type Shape = Pick<ArrowField, 'type' | 'children'>;
const leaf = (type: ArrowType): Shape => ({ type, children: [] });

const arrowTypes = {
  string: () => leaf({ name: 'utf8' }),
  // Not a dictionary: its indices are valid in one batch only, and the lake's files store text too.
  enum: () => leaf({ name: 'utf8' }),
  boolean: () => leaf({ name: 'bool' }),
  int32: () => leaf({ name: 'int', bitWidth: 32, isSigned: true }),
  int64: () => leaf({ name: 'int', bitWidth: 64, isSigned: true }),
  double: () => leaf({ name: 'floatingpoint', precision: 'DOUBLE' }),
  decimal: ({ precision, scale }) => leaf({ name: 'decimal', precision, scale, bitWidth: 128 }),
  date: () => leaf({ name: 'date', unit: 'DAY' }),
  // Without a zone, as in the lake's Parquet files and in query results. The values are UTC. A zone on one side only would
  // make the two types incompatible.
  timestamp: () => leaf({ name: 'timestamp', unit: 'MILLISECOND' }),
  // Arrow's UUID is an extension type. Readers without the extension show 16 bytes.
  uuid: () => leaf({ name: 'utf8' }),
  list: (type) => ({ type: { name: 'list' }, children: [arrowField('item', type.element, true)] }),
  struct: (type) => ({
    type: { name: 'struct' },
    children: type.fields.map((field) => arrowField(field.name, field.type, field.nullable)),
  }),
  map: (type) => ({
    type: { name: 'map', keysSorted: false },
    children: [
      {
        name: 'entries',
        nullable: false,
        type: { name: 'struct' },
        children: [arrowField('key', { kind: 'string' }, false), arrowField('value', type.value, true)],
      },
    ],
  }),
} satisfies DataTypeTable<Shape>;

/**
 * A column or member as an Arrow field. Enums and UUIDs are text, decimals 128 bits wide, timestamps UTC milliseconds
 * without a zone.
 *
 * @param metadata omitted from the result when empty
 * @example
 * ```ts
 * arrowField('price', { kind: 'decimal', precision: 10, scale: 2 }, false);
 * // { name: 'price', nullable: false, type: { name: 'decimal', precision: 10, scale: 2, bitWidth: 128 }, children: [] }
 * ```
 */
export function arrowField(
  name: string,
  type: DataType,
  nullable: boolean,
  metadata: readonly ArrowMetadata[] = [],
): ArrowField {
  const shape = mapDataType<Shape>(arrowTypes, type);
  return { name, nullable, ...shape, ...(metadata.length > 0 ? { metadata } : {}) };
}
