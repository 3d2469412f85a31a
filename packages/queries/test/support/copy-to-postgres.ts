import { type DataType, derivePostgresTable, type EventsTable } from '@headwater/core';
import { type DataTypeTable, mapDataType, quoteName } from '@headwater/core/internal';
import { type Lake, sql } from '@headwater/queries';

/** Runs one statement. */
type Run = (sql: string, values?: readonly unknown[]) => Promise<unknown>;

const text = () => 'text';
const json = () => 'jsonb';
const types = {
  string: text,
  enum: text,
  uuid: text,
  boolean: () => 'boolean',
  int32: () => 'integer',
  int64: () => 'bigint',
  double: () => 'double precision',
  decimal: ({ precision, scale }) => `numeric(${precision}, ${scale})`,
  date: () => 'date',
  timestamp: () => 'timestamp(3)',
  list: json,
  struct: json,
  map: json,
} satisfies DataTypeTable<string>;

/** The values that are written as JSON: instants in UTC, 64-bit integers as texts, which PostgreSQL reads as numbers. */
const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

/**
 * Makes tables in a PostgreSQL as a definition says, without collations of their own, and copies the rows of a lake into them.
 * Rows with a null byte in a text are left out: PostgreSQL cannot hold them.
 */
export async function copyToPostgres(run: Run, lake: Lake, tables: readonly EventsTable[]): Promise<void> {
  for (const { name, schema } of tables) {
    const columns = schema.columns.map(
      (column) => `${quoteName(column.name)} ${mapDataType<string>(types, column.type satisfies DataType)}`,
    );
    const time = quoteName(schema.partitioning.time);
    const day = `dt date generated always as (${time}::date) stored`;
    await run(`create table ${quoteName(name)} (${[...columns, day].join(', ')})`);
    const names = schema.columns.map((column) => quoteName(column.name)).join(', ');
    const { batches } = await sql(lake, `select ${names} from ${quoteName(name)}`);
    for await (const rows of batches()) {
      const held = rows.filter((row) => !Object.values(row).some((value) => String(value).includes('\0')));
      await run(
        `insert into ${quoteName(name)} (${names}) select ${names} from jsonb_populate_recordset(null::${quoteName(name)}, $1)`,
        [JSON.stringify(held, plain)],
      );
    }
  }
}

/** Makes the derived tables in another schema, with the rows that {@link copyToPostgres} copied. */
export async function deriveInPostgres(
  run: Run,
  tables: readonly EventsTable[],
  schema: string,
): Promise<void> {
  for (const { name, schema: definition } of tables) {
    await run(derivePostgresTable(definition, { schema }));
    const names = definition.columns.map((column) => quoteName(column.name)).join(', ');
    await run(
      `insert into ${quoteName(schema)}.${quoteName(name)} (${names}) select ${names} from ${quoteName(name)}`,
    );
  }
}
