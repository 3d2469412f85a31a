import type { z } from 'zod';
import { HeadwaterError } from '../errors/headwater-error.ts';
import { assertPlainMember } from './assert-plain-member.ts';
import { decimals } from './column-type.ts';
import type { DataType, StructField } from './data-type.ts';

type ZodType = z.core.$ZodType;
interface Def {
  readonly type: string;
  readonly format?: string;
  /** Of a UUID: `v4`. */
  readonly version?: string;
  readonly entries?: Record<string, string | number>;
  readonly values?: readonly unknown[];
  readonly element?: ZodType;
  readonly shape?: Record<string, ZodType>;
  readonly keyType?: ZodType;
  readonly valueType?: ZodType;
  readonly catchall?: ZodType;
  readonly innerType?: ZodType;
}
type Refuse = (problem: string, fix: string) => never;
type Processor = (def: Def, path: string, table: string, refuse: Refuse) => DataType;

const stringFormats: Record<string, DataType> = {
  uuid: { kind: 'uuid' },
  guid: { kind: 'uuid' },
  date: { kind: 'date' },
};

const numberFormats: Record<string, DataType> = {
  int32: { kind: 'int32' },
  float64: { kind: 'double' },
};

/** One processor per zod type. Other types are rejected by name. */
const processors: Record<string, Processor> = {
  string: (def, _path, _table, refuse) => {
    if (def.format === undefined) return { kind: 'string' };
    if (def.version !== undefined)
      return refuse(`no engine checks the version ${def.version} of a UUID`, 'Use z.uuid()');
    const type = stringFormats[def.format];
    return (
      type ??
      refuse(`z.${def.format}() has no column type`, 'Use z.string() with a regex, z.uuid() or z.iso.date()')
    );
  },
  number: (def, _path, _table, refuse) => {
    if (def.format === undefined) return { kind: 'double' };
    const type = numberFormats[def.format];
    return (
      type ??
      refuse(
        `z.${def.format === 'safeint' ? 'int' : def.format}() has no column type`,
        'Use z.int32() or z.number() for a number, z.int64() for a bigint',
      )
    );
  },
  bigint: (def, _path, _table, refuse) =>
    def.format === undefined || def.format === 'int64'
      ? { kind: 'int64' }
      : refuse(`z.${def.format}() exceeds a signed 64-bit integer`, 'Use z.int64()'),
  boolean: () => ({ kind: 'boolean' }),
  date: () => ({ kind: 'timestamp' }),
  enum: (def, _path, _table, refuse) => {
    const values = Object.values(def.entries ?? {});
    const texts = values.filter((value) => typeof value === 'string');
    return texts.length === values.length && texts.length > 0
      ? { kind: 'enum', values: [...new Set(texts)] }
      : refuse('an enum column has text values only', 'Use z.enum(["a", "b"])');
  },
  literal: (def, _path, _table, refuse) => {
    const { values = [] } = def;
    const texts = values.filter((value) => typeof value === 'string');
    return texts.length === values.length && texts.length > 0
      ? { kind: 'enum', values: [...new Set(texts)] }
      : refuse('a literal column has text values only', 'Use z.enum([...])');
  },
  array: (def, path, table) => ({ kind: 'list', element: member(table, `${path}[]`, def.element) }),
  object: (def, path, table, refuse) => {
    if (def.catchall && def.catchall._zod.def.type !== 'never')
      return refuse('a struct column has a fixed set of members', 'Use z.object({ ... })');
    const fields = Object.entries(def.shape ?? {});
    return { kind: 'struct', fields: fields.map(([name, type]) => structField(table, path, name, type)) };
  },
  record: (def, path, table, refuse) => {
    if (
      def.keyType?._zod.def.type !== 'string' ||
      member(table, `${path}{key}`, def.keyType).kind !== 'string'
    )
      return refuse('a map column has text keys only', 'Use z.record(z.string(), ...)');
    return { kind: 'map', value: member(table, `${path}{}`, def.valueType) };
  },
};

/** The stored type of an unwrapped zod type. Throws `DEFINITION_INVALID` for a type that a lake cannot store. */
export function dataTypeFromZod(table: string, path: string, type: ZodType): DataType {
  const refuse: Refuse = (problem, fix) => {
    throw new HeadwaterError('DEFINITION_INVALID', { table, column: path, problem, fix });
  };
  const decimal = decimals.get(type);
  if (decimal?.problem !== undefined) return refuse(decimal.problem, 'Correct the arguments of decimal()');
  if (decimal) return { kind: 'decimal', precision: decimal.precision, scale: decimal.scale };
  const def = type._zod.def as Def;
  const processor = processors[def.type];
  if (!processor)
    return refuse(
      `z.${def.type}() has no column type`,
      'Use a plain type: text, enum, number, decimal, timestamp, list, object or record',
    );
  return processor(def, path, table, refuse);
}

function member(table: string, path: string, type: ZodType | undefined): DataType {
  if (!type) throw new Error(`${table}.${path}: zod type without an inner type`);
  const stored = dataTypeFromZod(table, path, type);
  assertPlainMember(table, path, type);
  return stored;
}

function structField(table: string, path: string, name: string, type: ZodType): StructField {
  let inner = type;
  let nullable = false;
  for (;;) {
    const def = inner._zod.def as Def;
    if ((def.type !== 'optional' && def.type !== 'nullable') || !def.innerType) break;
    assertPlainMember(table, `${path}.${name}`, inner);
    nullable = true;
    inner = def.innerType;
  }
  return { name, type: member(table, `${path}.${name}`, inner), nullable };
}
