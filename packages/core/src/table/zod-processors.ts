import type { z } from 'zod';
import { HeadwaterError } from '../errors/headwater-error.ts';
import { decimals } from './column-type.ts';
import type { DataType } from './data-type.ts';

type ZodType = z.core.$ZodType;
interface Def {
  readonly type: string;
  readonly format?: string;
  /** Of a UUID: `v4`. */
  readonly version?: string;
  readonly entries?: Record<string, string | number>;
  readonly values?: readonly unknown[];
}
type Refuse = (problem: string, fix: string) => never;
type Processor = (def: Def, refuse: Refuse) => DataType;

const stringFormats: Record<string, DataType> = {
  uuid: { kind: 'uuid' },
  guid: { kind: 'uuid' },
  date: { kind: 'date' },
};

const numberFormats: Record<string, DataType> = {
  int32: { kind: 'int32' },
  float64: { kind: 'double' },
};

/** A lake stores flat rows. A nested record is read by paths. */
const refuseNested: Processor = ({ type }, refuse) =>
  refuse(
    `z.${type}() has no column type: a lake stores flat rows`,
    "Give each value a column with a path, such as path: 'order.city' or 'tags[0]', or explode the list into rows",
  );

/** One processor per zod type. Other types are rejected by name. */
const processors: Record<string, Processor> = {
  string: (def, refuse) => {
    if (def.format === undefined) return { kind: 'string' };
    if (def.version !== undefined)
      return refuse(`no engine checks the version ${def.version} of a UUID`, 'Use z.uuid()');
    const type = stringFormats[def.format];
    return (
      type ??
      refuse(`z.${def.format}() has no column type`, 'Use z.string() with a regex, z.uuid() or z.iso.date()')
    );
  },
  number: (def, refuse) => {
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
  bigint: (def, refuse) =>
    def.format === undefined || def.format === 'int64'
      ? { kind: 'int64' }
      : refuse(`z.${def.format}() exceeds a signed 64-bit integer`, 'Use z.int64()'),
  boolean: () => ({ kind: 'boolean' }),
  date: () => ({ kind: 'timestamp' }),
  enum: (def, refuse) => {
    const values = Object.values(def.entries ?? {});
    const texts = values.filter((value) => typeof value === 'string');
    return texts.length === values.length && texts.length > 0
      ? { kind: 'enum', values: [...new Set(texts)] }
      : refuse('an enum column has text values only', 'Use z.enum(["a", "b"])');
  },
  literal: (def, refuse) => {
    const { values = [] } = def;
    const texts = values.filter((value) => typeof value === 'string');
    return texts.length === values.length && texts.length > 0
      ? { kind: 'enum', values: [...new Set(texts)] }
      : refuse('a literal column has text values only', 'Use z.enum([...])');
  },
  array: refuseNested,
  object: refuseNested,
  record: refuseNested,
};

/** The stored type of an unwrapped zod type. Throws `DEFINITION_INVALID` for a type that a lake cannot store. */
export function dataTypeFromZod(table: string, column: string, type: ZodType): DataType {
  const refuse: Refuse = (problem, fix) => {
    throw new HeadwaterError('DEFINITION_INVALID', { table, column, problem, fix });
  };
  const decimal = decimals.get(type);
  if (decimal?.problem !== undefined) return refuse(decimal.problem, 'Correct the arguments of decimal()');
  if (decimal) return { kind: 'decimal', precision: decimal.precision, scale: decimal.scale };
  const def = type._zod.def as Def;
  const processor = processors[def.type];
  if (!processor)
    return refuse(
      `z.${def.type}() has no column type`,
      'Use a plain type: text, enum, number, decimal, or timestamp',
    );
  return processor(def, refuse);
}
