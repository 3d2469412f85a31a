import type { TableSchema } from '@headwater/core';
import { isWholeRowKey, keepsAllRows, quoteName } from '@headwater/core/internal';
import { type LakeTable, sql, type TimeRange } from '@headwater/queries';

/** A clean row of a table, by column. */
export type LakeRow = Readonly<Record<string, unknown>>;

const dayMilliseconds = 86_400_000;

/**
 * The UTC days of a range on which a table has rows, in order.
 * @throws HeadwaterError `LAKE_NOT_FOUND`, `LAKE_NOT_LOCAL`
 */
export async function daysWithRows(
  table: LakeTable,
  { start, end }: TimeRange,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const { name } = table.definition;
  const statement =
    `SELECT CAST(dt AS VARCHAR) AS day FROM ${quoteName(name)} ` +
    `WHERE dt BETWEEN ${dayLiteral(start)} AND ${dayLiteral(new Date(end.getTime() - 1))} GROUP BY dt ORDER BY dt`;
  const days: string[] = [];
  const { batches } = await sql(table, statement, { signal });
  for await (const rows of batches()) for (const { day } of rows) days.push(String(day));
  return days;
}

/** The first and the last UTC day on which a table has rows; undefined where it has none. */
export async function dayBounds(
  table: LakeTable,
): Promise<{ readonly first: string; readonly last: string } | undefined> {
  const name = quoteName(table.definition.name);
  const statement = `SELECT CAST(min(dt) AS VARCHAR) AS first, CAST(max(dt) AS VARCHAR) AS last FROM ${name}`;
  const { batches } = await sql(table, statement);
  for await (const [row] of batches())
    if (typeof row?.['first'] === 'string') return { first: row['first'], last: String(row['last']) };
  return undefined;
}

/** Whether a table has a row at an instant or later. */
export async function hasRowsFrom(table: LakeTable, start: Date, signal?: AbortSignal): Promise<boolean> {
  const { schema } = table.definition;
  const statement =
    `SELECT 1 AS found FROM ${quoteName(schema.name)} ` +
    `WHERE dt >= ${dayLiteral(start)} AND ${quoteName(schema.partitioning.time)} >= ${timeLiteral(start.getTime())} LIMIT 1`;
  const { batches } = await sql(table, statement, { signal });
  for await (const rows of batches()) if (rows.length > 0) return true;
  return false;
}

/**
 * The rows of one UTC day that are in a range, in batches, in the order of their time. The engine sorts them, on disk where they do not fit into
 * its memory, and they stream from it.
 */
export async function* rowsOfDay(
  table: LakeTable,
  day: string,
  range: TimeRange,
  signal?: AbortSignal,
): AsyncGenerator<readonly LakeRow[]> {
  const { schema } = table.definition;
  const start = Math.max(Date.parse(day), range.start.getTime());
  const end = Math.min(Date.parse(day) + dayMilliseconds, range.end.getTime());
  const columns = schema.columns.map(({ name }) => quoteName(name));
  const statement =
    `SELECT ${columns.join(', ')} FROM ${quoteName(schema.name)} WHERE dt = DATE '${day}' AND ${timeBetween(schema, start, end)} ` +
    `ORDER BY ${orderOf(schema).map(quoteName).join(', ')}`;
  const { batches } = await sql(table, statement, { signal });
  yield* batches();
}

/** The condition that the time of a row is in a range: from `start` until before `end`, in milliseconds since 1970. */
export const timeBetween = ({ partitioning }: TableSchema, start: number, end: number): string =>
  `${quoteName(partitioning.time)} >= ${timeLiteral(start)} AND ${quoteName(partitioning.time)} < ${timeLiteral(end)}`;

const timeLiteral = (time: number): string =>
  `TIMESTAMP '${new Date(time).toISOString().replace('T', ' ').replace('Z', '')}'`;

const dayLiteral = (time: Date): string => `DATE '${time.toISOString().slice(0, 10)}'`;

/** Time first. Rows of one time have an order too, so that what is found does not depend on how the engine's threads divide the work. */
function orderOf(schema: TableSchema): readonly string[] {
  const { columns, duplicateKey, partitioning } = schema;
  const isWhole = keepsAllRows(schema) || isWholeRowKey(schema);
  return [...new Set([partitioning.time, ...(isWhole ? columns.map(({ name }) => name) : duplicateKey)])];
}
