import { HeadwaterError } from '@headwater/core';
import { packageMissing, postgresAddress, postgresTls } from '@headwater/core/internal';
import type { Client } from 'pg';
import type { PostgresAccess } from './postgres-access.ts';

/** A connection to a database, which ends when it is disposed of. */
export interface PostgresSession extends AsyncDisposable {
  readonly client: Client;
  /** Host, port and database, for messages. */
  readonly server: string;
  /** Rows of a statement. */
  rows(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** Runs work in a transaction, which is rolled back when it throws. */
  transaction<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** A limit that a server has for queries would end the copy of a large file. */
const settings = [
  "SET TIME ZONE 'UTC'",
  "SET DateStyle = 'ISO, YMD'",
  'SET standard_conforming_strings = on',
  'SET statement_timeout = 0',
  'SET idle_in_transaction_session_timeout = 0',
].join('; ');

/** Seconds until a server that does not answer counts as unreachable. */
const connectSeconds = 20;

/**
 * Connects to a database. The driver is loaded here, so that nothing else needs it.
 *
 * @throws HeadwaterError `OPTION_INVALID` for an address that is none, `PACKAGE_MISSING`, `WAREHOUSE_UNREACHABLE`
 */
export async function openPostgres(
  { url, password, certificateAuthority }: PostgresAccess,
  signal?: AbortSignal,
): Promise<PostgresSession> {
  const address = postgresAddress(url);
  const { server, host, port, database, user } = address;
  const { default: pg } = await import('pg').catch(packageMissing('pg', 'A load into PostgreSQL'));
  const client = new pg.Client({
    ...{ host, port, database },
    ...(user === undefined ? {} : { user }),
    password: password ?? address.password ?? '',
    ssl: postgresTls(address, certificateAuthority),
    application_name: 'headwater',
    connectionTimeoutMillis: connectSeconds * 1000,
    keepAlive: true,
  });
  // A connection that breaks also fails the statement that runs, which reports it.
  client.on('error', () => undefined);
  const stop = (): void => void client.end();
  try {
    await client.connect();
    signal?.addEventListener('abort', stop, { once: true });
    await client.query(settings);
  } catch (error) {
    await client.end();
    throw unreachable(server, error);
  }
  const rows = async (sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> =>
    (await client.query(sql, [...values])).rows;
  return {
    client,
    server,
    rows,
    async transaction(work) {
      await client.query('BEGIN');
      try {
        const result = await work();
        await client.query('COMMIT');
        return result;
      } catch (error) {
        // On a connection that is gone the server has rolled back already.
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    },
    async [Symbol.asyncDispose]() {
      signal?.removeEventListener('abort', stop);
      await client.end();
    },
  };
}

/** A failed connection. The driver's messages name the user and the database, never the password. */
const unreachable = (server: string, cause: unknown): HeadwaterError =>
  new HeadwaterError(
    'WAREHOUSE_UNREACHABLE',
    { server, problem: problemOf(cause), ...adviceOf(cause) },
    { cause },
  );

/** What to do where waiting does not help, by SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const advice: Readonly<Record<string, string>> = {
  '28000': 'Check the user of the URL, and whether the server accepts it from here',
  '28P01': 'Check the user and the password of the URL',
  '3D000': 'Create the database, or check its name in the URL',
  '42501': 'Grant the user CONNECT on the database',
};

function adviceOf(error: unknown): { fix?: string } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const fix = advice[code];
  return fix === undefined ? {} : { fix };
}

/** The message of an error; that of several addresses of one host has its messages in `errors`. */
export function problemOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '')
    return [...new Set(error.errors.map(problemOf))].join('; ');
  return error instanceof Error ? error.message : String(error);
}
