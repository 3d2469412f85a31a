/**
 * The engine-free type of a column: a closed union. Every target maps all of its kinds
 * (`satisfies DataTypeTable<...>`), so that a new kind does not compile until every target maps it.
 */
export type DataType =
  | { readonly kind: 'string' }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'int32' }
  | { readonly kind: 'int64' }
  | { readonly kind: 'double' }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'date' }
  | { readonly kind: 'timestamp' }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'list'; readonly element: DataType }
  | { readonly kind: 'struct'; readonly fields: readonly StructField[] }
  | { readonly kind: 'map'; readonly value: DataType };

/** One named member of a struct. */
export interface StructField {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
}

/** The kind of a type: its name without parameters. */
export type DataTypeKind = DataType['kind'];

/** The JavaScript type of a column's values, by kind. Nested kinds are omitted. */
export interface KindValues {
  readonly string: string;
  readonly enum: string;
  readonly boolean: boolean;
  readonly int32: number;
  readonly int64: bigint;
  readonly double: number;
  readonly decimal: number | string;
  readonly date: string;
  readonly timestamp: Date;
  readonly uuid: string;
}

/** The member of {@link DataType} with this kind. */
export type DataTypeOf<Kind extends DataTypeKind> = Extract<DataType, { kind: Kind }>;

/** One function per kind: the shape of every type map. */
export type DataTypeTable<Result> = { readonly [Kind in DataTypeKind]: (type: DataTypeOf<Kind>) => Result };

/** Looks `type` up in a type map. */
export function mapDataType<Result>(table: DataTypeTable<Result>, type: DataType): Result {
  // The table is exhaustive by its type; TypeScript cannot correlate the key with the argument.
  const convert = table[type.kind] as (type: DataType) => Result;
  return convert(type);
}

/** Whether the values of a kind are whole numbers. */
export const isIntegerKind = (kind: DataTypeKind): boolean => kind === 'int32' || kind === 'int64';

/** Decimals of up to this many digits are JavaScript numbers, which are exact to 15 digits. Wider ones are strings. */
export const maxNumberPrecision = 15;

/** Whether the values of a decimal type are JavaScript numbers. Otherwise they are strings. */
export function isNumberDecimal(type: DataTypeOf<'decimal'>): boolean {
  return type.precision <= maxNumberPrecision;
}
