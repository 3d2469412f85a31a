import type { Column, DataType, TableSchema } from '@headwater/core';
import { isNumberDecimal } from '@headwater/core/internal';

/** The JSON of a value that is not null. */
export type ValueText = (value: never) => string;

const quoted: ValueText = (value: string) => JSON.stringify(value);
const plain: ValueText = (value: number | bigint | boolean) => String(value);

/**
 * How each kind is written in JSON for the OpenX SerDe, by which Firehose reads it into the types of the Glue table
 * (https://docs.aws.amazon.com/firehose/latest/dev/record-format-conversion-concepts.html).
 */
const texts: { readonly [Kind in DataType['kind']]: (type: Extract<DataType, { kind: Kind }>) => ValueText } =
  {
    string: () => quoted,
    enum: () => quoted,
    uuid: () => quoted,
    date: () => quoted,
    boolean: () => plain,
    int32: () => plain,
    int64: () => plain,
    double: () => plain,
    // The SerDe reads a bare number with a point as a double, which loses digits of the wider ones. Firehose's table has those as texts.
    decimal: (type) => (isNumberDecimal(type) ? (value: number) => value.toFixed(type.scale) : quoted),
    // With a Z: the SerDe takes no other offset.
    timestamp: () => (value: Date) => `"${value.toISOString()}"`,
    // No column of a table of events is nested.
    list: ({ kind }) => notWritten(kind),
    struct: ({ kind }) => notWritten(kind),
    map: ({ kind }) => notWritten(kind),
  };

function notWritten(kind: string): never {
  throw new Error(`A column of events is a ${kind}`);
}

/** How the values of a column are written. */
export const valueText = ({ type }: Column): ValueText =>
  (texts[type.kind] as (type: DataType) => ValueText)(type);

/**
 * Compiles a table to a function from an event to one line of JSON, which ends with a line feed. A null is left out, as the SerDe reads
 * a missing member as null.
 *
 * @example
 * ```ts
 * createEventLine(clickstream.schema)(event);
 * // {"event_time":"2019-10-01T00:00:00.000Z","event_type":"view","price":33.20,"user_id":541312140}\n
 * ```
 */
export function createEventLine(schema: TableSchema): (event: Readonly<Record<string, unknown>>) => string {
  const columns = schema.columns.map((column) => ({
    name: column.name,
    member: `${JSON.stringify(column.name)}:`,
    text: valueText(column),
  }));
  return (event) => {
    let line = '';
    for (const { name, member, text } of columns) {
      const value = event[name];
      if (value === null || value === undefined) continue;
      line += `${line === '' ? '{' : ','}${member}${text(value as never)}`;
    }
    return `${line === '' ? '{' : line}}\n`;
  };
}
