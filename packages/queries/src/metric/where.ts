import type { Column } from '@headwater/core';
import { type EventsTable, HeadwaterError, type InferRow, type TableSchema } from '@headwater/core';

/** A value that a column is compared with. */
export type WhereValue = string | number | bigint | boolean | null;

/** One column of a filter: its rows have one of the values. */
export interface ColumnFilter {
  readonly column: string;
  readonly values: readonly Exclude<WhereValue, null>[];
  /** Whether rows without a value are among them. */
  readonly orNull: boolean;
}

/** Columns that events can be filtered and grouped by: texts, enums, whole numbers, booleans. */
export type PlainColumn<Table extends EventsTable> = {
  [Name in keyof InferRow<Table>]: InferRow<Table>[Name] extends string | number | bigint | boolean | null
    ? Name
    : never;
}[keyof InferRow<Table>] &
  string;

/**
 * Which events a metric sees, by the values of columns: `{ country: 'DE', brand: ['acme', null] }`. A list is one of its values;
 * null is an event without one. Several columns are all of them.
 */
export type WhereFor<Table extends EventsTable> = {
  readonly [Name in PlainColumn<Table>]?:
    | InferRow<Table>[Name]
    | readonly InferRow<Table>[Name][]
    | undefined;
};

/** The kinds whose values one comparison finds on every engine. */
const plainKinds: ReadonlySet<string> = new Set(['string', 'enum', 'uuid', 'boolean', 'int32', 'int64']);

/** Whether events can be filtered and grouped by a column. */
export const isPlainColumn = ({ type }: Column): boolean => plainKinds.has(type.kind);

/**
 * Reads the parameter `where` of a question. Whole numbers and booleans may be written as text.
 *
 * @throws HeadwaterError `METRIC_PARAMETERS_INVALID`, naming the column and what it takes. Values of personal data are not in it
 */
export function readWhere(metric: string, schema: TableSchema, where: unknown): readonly ColumnFilter[] {
  const fail = (problem: string): never => {
    throw new HeadwaterError('METRIC_PARAMETERS_INVALID', { metric, problem });
  };
  if (where === undefined) return [];
  if (typeof where !== 'object' || where === null || Array.isArray(where))
    return fail('where: expected an object of columns and their values, such as { country: "DE" }');
  return Object.entries(where).flatMap(([name, given]): ColumnFilter[] => {
    if (given === undefined) return [];
    const column = schema.columns.find((one) => one.name === name);
    if (!column || !isPlainColumn(column)) {
      const known = schema.columns.filter(isPlainColumn).map((one) => one.name);
      const what = column ? `is a ${column.type.kind}` : `is not a column of ${schema.name}`;
      return fail(`where.${name}: ${what}; events are filtered by ${known.join(', ')}`);
    }
    const values = (Array.isArray(given) ? given : [given]) as readonly unknown[];
    if (values.length === 0) return fail(`where.${name}: the list is empty, and no event is in it`);
    const present = values.filter((one) => one !== null);
    return [
      {
        column: name,
        values: present.map((one) => readValue(column, one) ?? fail(wrongValue(column, one))),
        orNull: present.length < values.length,
      },
    ];
  });
}

const whole = /^-?\d{1,19}$/;

function readValue({ type }: Column, value: unknown): Exclude<WhereValue, null> | undefined {
  const text = String(value);
  switch (type.kind) {
    case 'boolean':
      return { true: true, false: false }[text];
    case 'int32':
    case 'int64': {
      const isWhole = ['string', 'number', 'bigint'].includes(typeof value) && whole.test(text);
      if (!isWhole) return undefined;
      const [bits, number] = [type.kind === 'int32' ? 32 : 64, BigInt(text)];
      return BigInt.asIntN(bits, number) === number ? (bits === 32 ? Number(number) : number) : undefined;
    }
    case 'enum':
      return typeof value === 'string' && type.values.includes(value) ? value : undefined;
    default:
      return typeof value === 'string' ? value : undefined;
  }
}

const expectedOf: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  int32: 'a whole number of 32 bits',
  int64: 'a whole number of 64 bits',
};

function wrongValue({ name, type, pii }: Column, value: unknown): string {
  const expected =
    type.kind === 'enum' ? `one of ${type.values.join(', ')}` : (expectedOf[type.kind] ?? 'a text');
  const shown = pii === 'none' ? ` ${JSON.stringify(String(value))}` : '';
  return `where.${name}:${shown} expected ${expected}`;
}
