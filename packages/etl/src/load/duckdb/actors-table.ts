import type { DuckDBConnection } from '@duckdb/node-api';
import { HeadwaterError, type TableSchema } from '@headwater/core';
import { columnOf, duckdbColumnCleaning, duckdbType } from '@headwater/core/internal';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import type { WriteRun } from '../../lake/write-run.ts';
import { idSpellings } from './id-spellings.ts';

/** The context of the statements of one erasure. */
export interface EraserRun extends Pick<WriteRun, 'schema' | 'state' | 'options' | 'staged' | 'localPath'> {
  readonly connection: DuckDBConnection;
  /** The number of the actor's column in the table. */
  readonly actor: number;
  /** The intended size of a data file. */
  readonly fileBytes: number;
}

/** The table with the actors: `value`, in the type of the actor's column. */
export const actorsTable = 'actors';

/** SQL for the values of the actors as a list. A scan with a list keeps the order of rows; a join does not. */
export const actorValues = (schema: TableSchema, actor: number): string =>
  `getvariable('actor_values')::${typeOf(schema, actor)}[]`;

/** SQL for the spellings of the actors as texts in lower case: as they were given, as they are stored, and as files escape these. */
export const actorTexts = "getvariable('actor_texts')::VARCHAR[]";

/**
 * Reads the ids into a table and into variables.
 *
 * @returns the ids as texts in lower case
 * @throws HeadwaterError `OPTION_INVALID` for an id that is no value of the column
 */
export async function readActors(
  connection: DuckDBConnection,
  schema: TableSchema,
  actors: readonly string[],
): Promise<readonly string[]> {
  const column = columnOf(schema, schema.roles.actor ?? '');
  const type = duckdbType(column.type);
  await connection.run('CREATE TABLE given (number INTEGER, id VARCHAR)');
  const appender = await connection.createAppender('given');
  for (const [index, id] of actors.entries()) {
    appender.appendInteger(index + 1);
    appender.appendVarchar(id);
    appender.endRow();
  }
  appender.closeSync();
  const { guess = 'NULL', parsed, value } = duckdbColumnCleaning(column, 'id', 'guess', 'parsed');
  await connection.run(
    `CREATE TABLE ${actorsTable} AS
     SELECT number, (${value})::${type} AS value FROM (SELECT *, ${parsed} AS parsed FROM (SELECT *, ${guess} AS guess FROM given))
     UNION SELECT number, TRY_CAST(nullif(trim(id), '') AS ${type}) FROM given;
     DELETE FROM ${actorsTable} WHERE value IS NULL`,
  );
  const [unread] = await rowsOf(
    connection,
    `SELECT min(number) AS number FROM given ANTI JOIN ${actorsTable} USING (number)`,
  );
  if (unread?.['number'] != null)
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'actor',
      value: `number ${countOf(unread['number'])} of ${actors.length}`,
      expected: `a value of ${schema.name}.${column.name} (${type})`,
    });
  const found = await rowsOf(
    connection,
    `SELECT trim(id) AS text FROM given UNION SELECT value::VARCHAR FROM ${actorsTable}`,
  );
  const texts = found.map(({ text }) => String(text));
  await connection.run('CREATE TABLE spellings (text VARCHAR)');
  const spellings = await connection.createAppender('spellings');
  for (const text of texts)
    for (const spelling of idSpellings(text, column)) {
      spellings.appendVarchar(spelling);
      spellings.endRow();
    }
  spellings.closeSync();
  await connection.run(
    `SET VARIABLE actor_values = (SELECT list(DISTINCT value) FROM ${actorsTable});
     SET VARIABLE actor_texts = (SELECT list(DISTINCT lower(text)) FROM spellings)`,
  );
  return [...new Set(texts.map((text) => text.toLowerCase()))];
}

const typeOf = ({ columns }: TableSchema, actor: number): string => {
  const column = columns[actor];
  if (!column) throw new Error('the table has no column of the actor');
  return duckdbType(column.type);
};
