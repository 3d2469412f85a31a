import { HeadwaterError } from '../../errors/headwater-error.ts';
import { readsOwnSpelling } from '../../table/cleaning-step.ts';
import { type DataType, type DataTypeTable, mapDataType } from '../../table/data-type.ts';
import { fileSchema, isReadFromFile } from '../../table/file-schema.ts';
import { firstMember, pathText } from '../../table/nested-path.ts';
import type { Column, TableSchema } from '../../table/table-schema.ts';

/** The types of parquetjs (https://github.com/ironSource/parquetjs#list-of-supported-types--encodings) that landing files use. */
export type ParquetjsType = 'BOOLEAN' | 'INT32' | 'DOUBLE' | 'UTF8' | 'TIMESTAMP_MILLIS';

/** One column of a {@link ParquetjsSchema}. */
export interface ParquetjsField {
  readonly type: ParquetjsType;
  readonly optional?: true;
}

/** What `new ParquetSchema(...)` of parquetjs and of its fork @dsnp/parquetjs takes: columns by name. */
export type ParquetjsSchema = Readonly<Record<string, ParquetjsField>>;

const text = (): ParquetjsType => 'UTF8';

const refuseNested = ({ kind }: DataType): ParquetjsType => {
  throw new HeadwaterError('TYPE_UNSUPPORTED', {
    ...{ target: 'a parquetjs file', kind, column: 'a nested column' },
    fix: 'A landing file has a column for each column of the table',
  });
};

const parquetjsTypes = {
  string: text,
  enum: text,
  boolean: () => 'BOOLEAN',
  int32: () => 'INT32',
  // Both writers have INT64 as a JavaScript number in some release, which is exact to 2^53 only.
  int64: text,
  double: () => 'DOUBLE',
  // DECIMAL of the fork takes a number, and parquetjs has none.
  decimal: text,
  // As in rows, and not the days since 1970 that DATE takes.
  date: text,
  timestamp: () => 'TIMESTAMP_MILLIS',
  uuid: text,
  list: refuseNested,
  struct: refuseNested,
  map: refuseNested,
} satisfies DataTypeTable<ParquetjsType>;

/** Whether a raw value may be missing: it becomes null, or the text of a `default` step. */
const mayBeMissing = ({ nullable, steps }: Column): boolean =>
  nullable || steps.some(({ step }) => step === 'default');

/**
 * The schema of landing files of a service that writes them with parquetjs or @dsnp/parquetjs; `etl run` loads such files exactly.
 * Values are those of a clean row, and no type rounds them:
 *
 * - decimals, 64-bit integers, dates and UUIDs are text: write `String(value)`;
 * - a timestamp is a `Date`, in UTC, in milliseconds;
 * - a column whose definition says how files write it (a time format, a zone, a number format, a map) is text, in that spelling.
 *
 * Columns have their own names, also those with a path: a landing file is flat, with a row for each element of an exploded list.
 * Columns of a lookup are left out.
 *
 * @throws HeadwaterError `DEFINITION_INVALID` when the path of a column begins with the name of another: in a flat file it would
 *   read that one
 * @example
 * ```ts
 * new ParquetSchema(deriveParquetjsSchema(clickstream.schema));
 * // { event_time: { type: 'TIMESTAMP_MILLIS' }, product_id: { type: 'UTF8' }, brand: { type: 'UTF8', optional: true }, ... }
 * ```
 */
export function deriveParquetjsSchema(schema: TableSchema): ParquetjsSchema {
  const columns = fileSchema(schema, undefined).columns.filter(isReadFromFile);
  for (const { name, path } of columns) {
    const other =
      path &&
      columns.find((column) => column.name !== name && column.name === firstMember(path).toLowerCase());
    if (!path || !other) continue;
    throw new HeadwaterError('DEFINITION_INVALID', {
      table: schema.name,
      column: name,
      problem: `its path ${pathText(path)} begins with ${other.name}, which is another column, so a flat file cannot have both`,
      fix: 'Give that column another name',
    });
  }
  return Object.fromEntries(
    columns.map((column): [string, ParquetjsField] => {
      const type = column.steps.some(readsOwnSpelling)
        ? 'UTF8'
        : mapDataType<ParquetjsType>(parquetjsTypes, column.type);
      return [column.name, { type, ...(mayBeMissing(column) ? { optional: true } : {}) }];
    }),
  );
}
