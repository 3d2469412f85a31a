import { type DataType, type DataTypeOf, isNumberDecimal } from '../table/data-type.ts';
import { duckdbType } from '../types/duckdb-type.ts';
import type { ChangeCase, ChangeKind } from './schema-change.ts';

/** The change of a type. Values of enums are compared elsewhere. */
export interface TypeChange {
  readonly kind: Extract<ChangeKind, 'widen-column' | 'narrow-column' | 'retype-column'>;
  readonly case: ChangeCase;
}

type Decimal = DataTypeOf<'decimal'>;
const widen = (rule: ChangeCase): TypeChange => ({ kind: 'widen-column', case: rule });
const narrow = (rule: ChangeCase): TypeChange => ({ kind: 'narrow-column', case: rule });
const retyped: TypeChange = { kind: 'retype-column', case: 'retype-column' };

/** The maximum number of digits of an int32. */
const int32Digits = 10;
/** Trino reads Parquet's INT32 as a decimal of up to 18 digits (64 bits), and not as a wider one. */
const shortDecimalDigits = 18;

const whole = ({ precision, scale }: Decimal): number => precision - scale;

function decimalChange(old: Decimal, now: Decimal): TypeChange {
  if (now.scale < old.scale || whole(now) < whole(old)) return narrow('narrow-decimal');
  // With more than 15 digits the value is text in JavaScript and JSON, so its type changes there.
  if (isNumberDecimal(old) !== isNumberDecimal(now)) return widen('widen-decimal-to-text');
  return widen(now.scale > old.scale ? 'widen-decimal-scale' : 'widen-decimal');
}

const pairs: { readonly [pair: string]: (old: DataType, now: DataType) => TypeChange } = {
  'int32 int64': () => widen('widen-int'),
  'int64 int32': () => narrow('narrow-int'),
  'int32 double': () => widen('int-to-double'),
  'int32 decimal': (_, now) => {
    const decimal = now as Decimal;
    const fits = whole(decimal) >= int32Digits && decimal.precision <= shortDecimalDigits;
    return fits && isNumberDecimal(decimal) ? widen('int-to-decimal') : retyped;
  },
  'decimal decimal': (old, now) => decimalChange(old as Decimal, now as Decimal),
  // Files hold enums and UUIDs as text.
  'enum string': () => widen('checked-text-to-string'),
  'uuid string': () => widen('checked-text-to-string'),
  'string enum': () => narrow('string-to-checked-text'),
  'string uuid': () => narrow('string-to-checked-text'),
};

const nested: ReadonlySet<DataType['kind']> = new Set(['list', 'struct', 'map']);

/** The change from `old` to `now`. Undefined when they store the same values. */
export function diffType(old: DataType, now: DataType): TypeChange | undefined {
  if (old.kind === 'enum' && now.kind === 'enum') return undefined;
  if (duckdbType(old) === duckdbType(now)) return undefined;
  const isText = now.kind === 'string' && !nested.has(old.kind);
  return (
    pairs[`${old.kind} ${now.kind}`]?.(old, now) ??
    (isText ? { kind: 'retype-column', case: 'value-to-text' } : retyped)
  );
}

/** The name of a type in the text of a change: `decimal(10,2)`, `enum`. */
export const typeName = (type: DataType): string =>
  type.kind === 'enum' ? 'enum' : type.kind === 'string' ? 'string' : duckdbType(type).toLowerCase();
