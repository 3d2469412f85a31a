import { type DataType, type DataTypeOf, isNumberDecimal } from '../table/data-type.ts';
import { duckdbType } from '../types/duckdb-type.ts';
import type { ChangeCase, ChangeKind } from './schema-change.ts';

/** How a type changed. Values of an enum are compared apart. */
export interface TypeChange {
  readonly kind: Extract<ChangeKind, 'widen-column' | 'narrow-column' | 'retype-column'>;
  readonly case: ChangeCase;
}

type Decimal = DataTypeOf<'decimal'>;
const widen = (rule: ChangeCase): TypeChange => ({ kind: 'widen-column', case: rule });
const narrow = (rule: ChangeCase): TypeChange => ({ kind: 'narrow-column', case: rule });
const retyped: TypeChange = { kind: 'retype-column', case: 'retype-column' };

/** Digits that an int32 has at most. */
const int32Digits = 10;
/** Trino reads an INT32 of Parquet as a decimal that it keeps in 64 bits, and as no wider one. */
const shortDecimalDigits = 18;

const whole = ({ precision, scale }: Decimal): number => precision - scale;

function decimalChange(old: Decimal, now: Decimal): TypeChange {
  if (now.scale < old.scale || whole(now) < whole(old)) return narrow('narrow-decimal');
  // Above 15 digits the value is text in JavaScript and in JSON: another type to whoever reads it there.
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

/** How `old` became `now`; undefined when they hold the same. */
export function diffType(old: DataType, now: DataType): TypeChange | undefined {
  if (old.kind === 'enum' && now.kind === 'enum') return undefined;
  if (duckdbType(old) === duckdbType(now)) return undefined;
  const isText = now.kind === 'string' && !nested.has(old.kind);
  return (
    pairs[`${old.kind} ${now.kind}`]?.(old, now) ??
    (isText ? { kind: 'retype-column', case: 'value-to-text' } : retyped)
  );
}

/** A type as changes name it: `decimal(10,2)`, `enum`. */
export const typeName = (type: DataType): string =>
  type.kind === 'enum' ? 'enum' : type.kind === 'string' ? 'string' : duckdbType(type).toLowerCase();
