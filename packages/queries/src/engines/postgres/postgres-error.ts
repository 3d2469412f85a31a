import { HeadwaterError } from '@headwater/core';

const load =
  'Has the lake been loaded into this database and schema? `headwater lake load --to postgres` loads it';

/** What to do, by the codes that a user can do something about (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const advices: Readonly<Record<string, string>> = {
  '28000': 'Check the user of the URL, and whether the server accepts it from here',
  '28P01': 'Check the user and the password of the URL',
  '3D000': 'Check the database of the URL',
  '3F000': load,
  '42501': 'The user needs USAGE on the schema, and SELECT on its tables',
  '42703': 'Does the table have this column? Load the lake again after a change of the definition',
  '42P01': load,
  '53100': 'The server has no room for the query: narrow the date range',
  '53200': 'The server has no memory for the query: narrow the date range',
  '57014': 'The query ran longer than statementTimeoutSeconds. Narrow the date range, or raise it',
};

/** Codes of a server that is busy, starting or stopping, and of connections that break. */
const transient: ReadonlySet<string> = new Set([
  '53300',
  '57P01',
  '57P02',
  '57P03',
  '57P05',
  '08000',
  '08001',
  '08003',
  '08006',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
]);

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const textOf = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  return codeOf(error) === '' ? message : `${codeOf(error)}: ${message}`;
};

/** Texts of the driver for connections that break or time out, which have no code. */
const isBroken = /connection terminated|timeout expired|timeout exceeded when trying to connect/i;

/** How a cursor refuses a WITH that writes. */
const writesInWith = /^0A000: .*data-modifying/;

/** Whether the same call may succeed a moment later. */
export const isTransient = (error: unknown): boolean =>
  transient.has(codeOf(error)) ||
  (error instanceof Error && codeOf(error) === '' && isBroken.test(error.message));

/** The error of a connection that could not be made: nothing ran. */
export function connectionError(cause: unknown, attempts: number): HeadwaterError {
  const query = { engine: 'postgres', sql: 'begin transaction read only', problem: textOf(cause) };
  if (isTransient(cause)) return new HeadwaterError('QUERY_UNAVAILABLE', { ...query, attempts }, { cause });
  return failed(query, cause);
}

/** The error of a query that failed: PostgreSQL's message, and what to do. */
export function queryError(sql: string, cause: unknown): HeadwaterError {
  const query = { engine: 'postgres', sql, problem: textOf(cause) };
  // A statement that writes, within what begins as a query.
  if (codeOf(cause) === '25006' || writesInWith.test(textOf(cause)))
    return new HeadwaterError('QUERY_NOT_READ_ONLY', { statement: textOf(cause) }, { cause });
  if (isTransient(cause))
    return new HeadwaterError('QUERY_UNAVAILABLE', { ...query, attempts: 1 }, { cause });
  return failed(query, cause);
}

function failed(query: { engine: string; sql: string; problem: string }, cause: unknown): HeadwaterError {
  const advice = advices[codeOf(cause)];
  return new HeadwaterError('QUERY_FAILED', advice === undefined ? query : { ...query, advice }, { cause });
}
