import pg from 'pg';
import { expect, test } from 'vitest';
import { usePostgres } from '../../src/testing/index.ts';

const postgres = usePostgres();

test('a statement gives rows, and one that fails gives the message of the server', async () => {
  const [row] = await postgres.query('SELECT $1::int * 7 AS answer, version() AS version', [6]);
  expect(row).toMatchObject({ answer: 42, version: expect.stringMatching(/^PostgreSQL 18\./) });
  await expect(postgres.query('SELECT nothing FROM nowhere')).rejects.toThrow(
    'relation "nowhere" does not exist',
  );
});

test('texts sort by a language unless a statement says otherwise', async () => {
  const texts = "(VALUES ('b'), ('B'), ('a'), ('Z')) AS v (t)";
  const [{ a, b } = {}] = await postgres.query(
    `SELECT string_agg(t, '' ORDER BY t) AS a, string_agg(t, '' ORDER BY t COLLATE "C") AS b FROM ${texts}`,
  );
  expect({ a, b }).toEqual({ a: 'abBZ', b: 'BZab' });
});

test('the password is needed, and databases are apart', async () => {
  const other = await postgres.createDatabase();
  const client = new pg.Client({ connectionString: other });
  await client.connect();
  await client.query('CREATE TABLE t (a int)');
  await client.end();
  expect(await postgres.query("SELECT to_regclass('t') AS t")).toEqual([{ t: null }]);
  const wrong = new URL(other);
  wrong.password = 'guess';
  await expect(new pg.Client({ connectionString: wrong.href }).connect()).rejects.toThrow(
    'password authentication failed',
  );
});
