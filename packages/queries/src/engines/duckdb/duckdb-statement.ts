import { type DuckDBConnection, type DuckDBPreparedStatement, StatementType } from '@duckdb/node-api';
import { HeadwaterError } from '@headwater/core';
import type { QueryText } from '../../session/query.ts';
import type { DuckdbDatabase } from './duckdb-database.ts';
import { bindParameters } from './duckdb-parameter.ts';

/** Makes a statement of a query's text and parameters. */
export type Prepare = (
  connection: DuckDBConnection,
  query: QueryText,
  database: DuckdbDatabase,
) => Promise<DuckDBPreparedStatement>;

/** Prepares a query with its parameters. */
export async function prepareQuery(
  connection: DuckDBConnection,
  { sql, parameters }: QueryText,
): Promise<DuckDBPreparedStatement> {
  const statement = await connection.prepare(sql);
  bindParameters(statement, parameters);
  return statement;
}

/**
 * Prepares a statement that a person wrote, if it is one SELECT by DuckDB's own parser.
 *
 * @throws HeadwaterError `QUERY_NOT_READ_ONLY` for any other statement or several, `QUERY_FAILED` for a text that does not parse
 */
export async function prepareSelect(
  connection: DuckDBConnection,
  { sql, parameters }: QueryText,
  database: DuckdbDatabase,
): Promise<DuckDBPreparedStatement> {
  const statements = await connection.extractStatements(sql).catch((error: unknown) => {
    throw isEmpty(error) ? notReadOnly('no statement') : database.queryError(sql, error);
  });
  if (statements.count !== 1) throw notReadOnly(`${statements.count} statements`);
  const statement = await statements.prepare(0);
  if (statement.statementType !== StatementType.SELECT) throw notReadOnly(nameOf(statement.statementType));
  bindParameters(statement, parameters);
  return statement;
}

/** For a text without any statement the binding throws an error that lacks the parser's message. */
const isEmpty = (error: unknown): boolean =>
  error instanceof Error && !error.message.includes('Failed to extract statements');

const notReadOnly = (statement: string): HeadwaterError =>
  new HeadwaterError('QUERY_NOT_READ_ONLY', { statement });

const nameOf = (type: StatementType): string => StatementType[type] ?? `statement type ${type}`;
