import { HeadwaterError } from '@headwater/core';
import { problemOf } from './postgres-session.ts';

/** What a load was doing, for its errors. */
export interface FailedLoad {
  /** The table of the database. */
  readonly target: string;
  readonly server: string;
}

/** What to do about an error of the server, by its SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const advice: Readonly<Record<string, string>> = {
  '22021':
    'PostgreSQL cannot store the character U+0000 in a text: clean it in the definition (a text step, or a pattern that rejects it), and load the raw files into a new lake',
  '22P05': 'The database cannot store this character: create it with the encoding UTF8',
  '23502':
    'The lake has rows without a value in this column, of a time when it was optional: make the column optional, then load with rebuild',
  '23505':
    'The lake has rows that are equal in the duplicate key, of a time with another rule, or the table holds rows of others: load with rebuild and without the key',
  '23514':
    'A table that is no partition has the name of the partition of a month, such as clickstream_2019_10: rename it, or choose another schema',
  '42501':
    'Grant the user CREATE on the database, and the rights on the schema, its tables, and the schema _headwater',
  '54000':
    'A value of the duplicate key, or of an index, is longer than PostgreSQL can index (2,704 bytes): load with rebuild, without the key or without the indexes',
  '53100': 'The disk of the database is full',
  '2BP01':
    'Drop what depends on the table, such as a view, load again, and make it anew. A load drops nothing that it did not make',
  '3F000': 'Create the schema, or grant the user CREATE on the database',
};

/** An error of PostgreSQL's, as the driver gives it. */
interface ServerError extends Error {
  readonly code: string;
  readonly where?: string;
}

/** Whether an error is one that the server sent. */
export const isServerError = (error: unknown): error is ServerError =>
  error instanceof Error && 'severity' in error && 'code' in error && typeof error.code === 'string';

/** A connection that ended while it was used. */
const isBroken = (error: unknown): boolean =>
  error instanceof Error &&
  /Connection terminated|ECONNRESET|EPIPE|socket|not queryable|Client was closed/i.test(error.message);

/** Turns an error of the server or the connection into one that the user can act on; any other is returned unchanged. */
export function postgresErrorFrom(error: unknown, { target, server }: FailedLoad): unknown {
  if (error instanceof HeadwaterError) return error;
  const cause = { cause: error };
  if (isServerError(error)) {
    // 57P01 and its neighbours: the server is stopping.
    if (error.code.startsWith('57P') || error.code.startsWith('08'))
      return new HeadwaterError('WAREHOUSE_UNREACHABLE', { server, problem: error.message }, cause);
    const [where] = error.where?.split('\n') ?? [];
    // PostgreSQL shows the value after the column; rows of users do not belong into messages.
    const place =
      where === undefined
        ? ''
        : ` (${where.replace(/(column [^:]+): .*$/, '$1').replace(/(line \d+): .*$/, '$1')})`;
    const fix = advice[error.code] ?? 'Nothing of this step was committed. Load again when it is solved';
    return new HeadwaterError(
      'WAREHOUSE_REFUSED',
      { target, server, problem: `${error.message}${place}`, fix },
      cause,
    );
  }
  if (isBroken(error))
    return new HeadwaterError('WAREHOUSE_UNREACHABLE', { server, problem: problemOf(error) }, cause);
  return error;
}
