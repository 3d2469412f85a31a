import { type DuckDBConnection, type DuckDBPreparedStatement, StatementType } from '@duckdb/node-api';
import { HeadwaterError } from '@headwater/core';
import type { QueryOptions, RowStream } from '../../lake/lake-engine.ts';
import { openDuckdbResult } from './duckdb-result.ts';
import type { DuckdbSession } from './duckdb-session.ts';

/**
 * Runs one SELECT that a person wrote. DuckDB's own parser says what the text is.
 *
 * @throws HeadwaterError `QUERY_NOT_READ_ONLY` for any other statement or several, `QUERY_FAILED` when it does not run
 */
export async function runReadOnly(
  session: DuckdbSession,
  text: string,
  options?: QueryOptions,
): Promise<RowStream> {
  const connection = await session.connect();
  try {
    const result = await openDuckdbResult(
      session,
      connection,
      text,
      () => prepareSelect(session, connection, text),
      options,
    );
    const columns = result.names.map((name, index) => ({ name, type: String(result.types[index]) }));
    return {
      columns,
      async *batches() {
        try {
          yield* result.rows();
        } finally {
          connection.closeSync();
        }
      },
    };
  } catch (error) {
    connection.closeSync();
    throw error;
  }
}

async function prepareSelect(
  session: DuckdbSession,
  connection: DuckDBConnection,
  text: string,
): Promise<DuckDBPreparedStatement> {
  const statements = await connection.extractStatements(text).catch((error: unknown) => {
    throw isEmpty(error) ? notReadOnly('no statement') : session.queryError(text, error);
  });
  if (statements.count !== 1) throw notReadOnly(`${statements.count} statements`);
  const statement = await statements.prepare(0);
  if (statement.statementType !== StatementType.SELECT) throw notReadOnly(nameOf(statement.statementType));
  return statement;
}

/** The binding reports a text without any statement as an error without a message of the parser. */
const isEmpty = (error: unknown): boolean =>
  error instanceof Error && !error.message.includes('Failed to extract statements');

const notReadOnly = (statement: string): HeadwaterError =>
  new HeadwaterError('QUERY_NOT_READ_ONLY', { statement });

const nameOf = (type: StatementType): string => StatementType[type] ?? `statement type ${type}`;
