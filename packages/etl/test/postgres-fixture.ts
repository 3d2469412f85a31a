import { join } from 'node:path';
import type { EventsTable } from '@headwater/core';
import type { TestPostgres } from '@headwater/local-aws/testing';
import { expect } from 'vitest';
import { loadEvents, loadPostgres, type PostgresLoadOptions } from '../src/index.ts';
import { events, header, temporaryFolder, writeLines } from './events-fixture.ts';
import { lakeRows } from './lake-rows.ts';

const quoted = (name: string): string => `"${name}"`;

/** A lake of its own in a folder, a database of its own, and what tests do with both. */
export async function postgresFixture(postgres: TestPostgres, first: EventsTable = events) {
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  const url = await postgres.createDatabase();
  let files = 0;
  const query = (sql: string) => postgres.queryOn(url, sql);
  return {
    ...{ folder, lake, url, query },
    /** Loads rows into the lake. */
    async add(rows: readonly string[], table: EventsTable = first, head = header) {
      files += 1;
      const input = await writeLines(folder, `${files}.csv`, [head, ...rows]);
      return loadEvents({ table, lake, inputs: [input], maxQuarantine: 1 });
    },
    load: (options: Partial<PostgresLoadOptions> = {}) =>
      loadPostgres({ table: first, lake, url, ...options }),
    /** Expects that the table has the rows of the lake, and each with the day of its time. @returns their number */
    async expectSame(table: EventsTable = first, from = lake): Promise<number> {
      const { columns, partitioning } = table.schema;
      const texts = (type: string) =>
        columns.map(({ name }) => `coalesce(CAST(${quoted(name)} AS ${type}), '∅')`).join(` || '|' || `);
      const name = quoted(table.name);
      const rows = await query(
        `SELECT ${texts('text')} AS row, dt = ${quoted(partitioning.time)}::date AS right FROM ${name}`,
      );
      expect(rows.every((row) => row['right'] === true)).toBe(true);
      expect(rows.map((row) => String(row['row'])).sort()).toEqual(
        (await lakeRows(from, table.name, texts('VARCHAR'))).sort(),
      );
      const [records] = await query(
        `SELECT (SELECT rows FROM _headwater.loads WHERE table_name = '${table.name}')::int AS loads,
           (SELECT sum(rows) FROM _headwater.files WHERE table_name = '${table.name}')::int AS files`,
      );
      expect(records).toEqual({ loads: rows.length, files: rows.length });
      return rows.length;
    },
  };
}
