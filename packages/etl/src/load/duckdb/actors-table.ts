import type { DuckDBConnection } from '@duckdb/node-api';
import { type Column, HeadwaterError, type TableSchema } from '@headwater/core';
import { duckdbColumnCleaning, duckdbType } from '@headwater/core/internal';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import type { WriteRun } from '../../lake/write-run.ts';
import { actorColumn, type FormerReading } from './former-readings.ts';
import { idSpellings } from './id-spellings.ts';

/** The context of the statements of one erasure. */
export interface EraserRun extends Pick<WriteRun, 'schema' | 'state' | 'options' | 'staged' | 'localPath'> {
  readonly connection: DuckDBConnection;
  /** The number of the actor's column in the table. */
  readonly actor: number;
  /** How earlier definitions of the lake read the actor. */
  readonly readings: readonly FormerReading[];
  /** The intended size of a data file. */
  readonly fileBytes: number;
}

/** The table with the actors: `value`, in the type of the actor's column. */
export const actorsTable = 'actors';

/** SQL for the values of the actors as a list. A scan with a list keeps the order of rows; a join does not. */
export const actorValues = (schema: TableSchema): string =>
  `getvariable('actor_values')::${duckdbType(actorColumn(schema).type)}[]`;

/** SQL for the spellings of the actors as texts in lower case: as they were given, as they are stored, and as files escape these. */
export const actorTexts = "getvariable('actor_texts')::VARCHAR[]";

/** SQL for the values of the actors as an earlier definition reads them, each as a text. */
export const actorValuesThen = (reading: number): string =>
  `getvariable('actor_values_${reading}')::VARCHAR[]`;

/** The same as {@link actorTexts}, by the reading of an earlier definition. */
export const actorTextsThen = (reading: number): string => `getvariable('actor_texts_${reading}')::VARCHAR[]`;

/**
 * Reads the ids into a table and into variables, by the definition of now and by those of before.
 *
 * @returns the ids as texts in lower case
 * @throws HeadwaterError `OPTION_INVALID` for an id that is no value of the column of now
 */
export async function readActors(
  connection: DuckDBConnection,
  schema: TableSchema,
  actors: readonly string[],
  readings: readonly FormerReading[],
): Promise<readonly string[]> {
  const column = actorColumn(schema);
  await connection.run('CREATE TABLE given (number INTEGER, id VARCHAR)');
  const appender = await connection.createAppender('given');
  for (const [index, id] of actors.entries()) {
    appender.appendInteger(index + 1);
    appender.appendVarchar(id);
    appender.endRow();
  }
  appender.closeSync();
  await connection.run(`CREATE TABLE ${actorsTable} AS ${valuesOf(column)}`);
  const [unread] = await rowsOf(
    connection,
    `SELECT min(number) AS number FROM given ANTI JOIN ${actorsTable} USING (number)`,
  );
  if (unread?.['number'] != null)
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'actor',
      value: `number ${countOf(unread['number'])} of ${actors.length}`,
      expected: `a value of ${schema.name}.${column.name} (${duckdbType(column.type)})`,
    });
  const found = await rowsOf(
    connection,
    `SELECT trim(id) AS text FROM given UNION SELECT value::VARCHAR FROM ${actorsTable}`,
  );
  const texts = found.map(({ text }) => String(text));
  await connection.run(`SET VARIABLE actor_values = (SELECT list(DISTINCT value) FROM ${actorsTable})`);
  await setSpellings(connection, 'actor_texts', texts, column);
  for (const [index, { column: then }] of readings.entries()) {
    await connection.run(
      `SET VARIABLE actor_values_${index} = (SELECT coalesce(list(DISTINCT value::VARCHAR), []) FROM (${valuesOf(then)}))`,
    );
    const values = await rowsOf(connection, `SELECT unnest(${actorValuesThen(index)}) AS text`);
    const textsThen = values.map(({ text }) => String(text));
    await setSpellings(connection, `actor_texts_${index}`, textsThen, then);
  }
  return [...new Set(texts.map((text) => text.toLowerCase()))];
}

/** SQL of the values of the ids in a column, each with the number of its id: as the column cleans them, and as values of its type. */
function valuesOf(column: Column): string {
  const type = duckdbType(column.type);
  const { guess = 'NULL', parsed, value } = duckdbColumnCleaning(column, 'id', 'guess', 'parsed');
  return `SELECT * FROM (
    SELECT number, (${value})::${type} AS value FROM (SELECT *, ${parsed} AS parsed FROM (SELECT *, ${guess} AS guess FROM given))
    UNION SELECT number, TRY_CAST(nullif(trim(id), '') AS ${type}) FROM given) WHERE value IS NOT NULL`;
}

/** Sets a variable to the spellings of ids in the texts of a column, in lower case. */
async function setSpellings(
  connection: DuckDBConnection,
  variable: string,
  texts: readonly string[],
  column: Column,
): Promise<void> {
  await connection.run('CREATE OR REPLACE TABLE spellings (text VARCHAR)');
  const spellings = await connection.createAppender('spellings');
  for (const text of texts)
    for (const spelling of idSpellings(text, column)) {
      spellings.appendVarchar(spelling);
      spellings.endRow();
    }
  spellings.closeSync();
  await connection.run(
    `SET VARIABLE ${variable} = (SELECT coalesce(list(DISTINCT lower(text)), []) FROM spellings)`,
  );
}
