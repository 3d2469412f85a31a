import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { type PostgresServer, startPostgres } from './start-postgres.ts';

/** The PostgreSQL of the tests of one file. Use it in tests and hooks; it does not run before them. */
export interface TestPostgres {
  /** The connection URL of an empty database; its user may do everything, and has a password. */
  readonly url: string;
  /**
   * Runs one statement, or several in one session when there are no values.
   *
   * @returns the rows of the last one, with values as `pg` reads them
   * @throws Error with PostgreSQL's message
   */
  query(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /**
   * Inserts rows into a table, by the names of their columns. Values are what JSON has, instants, and whole numbers of 64 bits.
   * @param table its name as SQL has it
   */
  insert(table: string, rows: readonly Readonly<Record<string, unknown>>[]): Promise<void>;
  /** The same in another database, in a session of its own. */
  queryOn(url: string, sql: string): Promise<Record<string, unknown>[]>;
  /** Creates another empty database. @returns its URL */
  createDatabase(): Promise<string>;
}

/**
 * Starts a real PostgreSQL before the tests of the calling file or `describe`, and stops it afterwards: half a second, 50 MB of
 * memory. The name of a test file that uses it ends in `.postgres.engine.test.ts`: without PostgreSQL it is skipped.
 *
 * @example
 * const postgres = usePostgres();
 * test('answers', async () => {
 *   expect(await postgres.query('SELECT 6 * 7 AS answer')).toEqual([{ answer: 42 }]);
 * });
 */
export function usePostgres(): TestPostgres {
  let server: PostgresServer | undefined;
  let pool: pg.Pool | undefined;
  beforeAll(async () => {
    server = await startPostgres();
    pool = new pg.Pool({ connectionString: server.url, max: 2 });
    pool.on('error', () => undefined); // a test may end the sessions of others
  });
  afterAll(async () => {
    await pool?.end();
    await server?.stop();
  });
  const running = () => {
    if (!server || !pool) throw new Error('PostgreSQL runs inside of tests and hooks only');
    return { server, pool };
  };
  return {
    get url() {
      return running().server.url;
    },
    async query(sql, values) {
      const results = [await running().pool.query(sql, values && [...values])].flat();
      return results.at(-1)?.rows ?? [];
    },
    async insert(table, rows) {
      const columns = Object.keys(rows[0] ?? {}).map((name) => `"${name}"`);
      if (columns.length === 0) return;
      // PostgreSQL reads a number from its digits in a text as well, and JSON has none of 64 bits.
      const json = JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value));
      await running().pool.query(
        `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(null::${table}, $1)`,
        [json],
      );
    },
    async queryOn(connectionString, sql) {
      const client = new pg.Client({ connectionString });
      await client.connect();
      try {
        return [await client.query(sql)].flat().at(-1)?.rows ?? [];
      } finally {
        await client.end();
      }
    },
    async createDatabase() {
      const name = `t${randomBytes(6).toString('hex')}`;
      await running().pool.query(`CREATE DATABASE ${name}`);
      const url = new URL(running().server.url);
      url.pathname = `/${name}`;
      return url.href;
    },
  };
}
