import type { DuckDBConnection } from '@duckdb/node-api';
import { HeadwaterError, type TableSchema } from '@headwater/core';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import type { PreparedInput } from '../../input/prepare-input.ts';
import { csvRelation, jsonRelation, parquetRelation, rejectsTable } from '../../input/raw-relation.ts';
import { keptBack, refused, stage, stageStatement } from './staging-table.ts';

/** What the engine made of one input. Independent of `prepared.rows`, which was counted from the bytes. */
export interface StagedInput {
  readonly accepted: number;
  readonly refused: number;
}

const rejectCodes = `CASE error_type WHEN 'MISSING COLUMNS' THEN 'too_few_fields' WHEN 'TOO MANY COLUMNS' THEN 'too_many_fields'
  WHEN 'UNQUOTED VALUE' THEN 'unclosed_quote' WHEN 'LINE SIZE OVER MAXIMUM' THEN 'line_too_long' ELSE 'not_utf8' END`;

/** Reads, cleans and stages one input; refused rows get their line. */
export async function stageInput(
  connection: DuckDBConnection,
  schema: TableSchema,
  prepared: PreparedInput,
  input: number,
): Promise<StagedInput> {
  const base = countOf((await rowsOf(connection, `SELECT count(*) AS rows FROM ${stage}`))[0]?.['rows']);
  const { layout } = prepared;
  const relation =
    layout.kind === 'csv'
      ? csvRelation(prepared.path, input, layout.csv, layout.scan)
      : layout.kind === 'jsonl'
        ? jsonRelation(schema, prepared.path, input, layout.scan)
        : parquetRelation(prepared.path, layout.fields, layout.positions);
  await connection.run(stageStatement(schema, relation, input)).catch((cause: Error) => {
    if (/INTERRUPT|No space left/i.test(cause.message)) throw cause;
    const problem = cause.message.split('\n')[0] ?? '';
    throw new HeadwaterError('INPUT_UNREADABLE', { file: prepared.source, problem }, { cause });
  });
  const header = layout.kind === 'csv' && layout.csv.hasHeader ? 1 : 0;
  await recordRefusals(connection, input, base, header, layout.kind !== 'parquet');
  await connection.run(
    `INSERT INTO ${refused} SELECT input, line, raw, NULL, code FROM ${keptBack} WHERE input = ${input} AND code IS NOT NULL`,
  );
  const [counts] = await rowsOf(
    connection,
    `SELECT (SELECT count(*) FROM ${stage} WHERE rowid >= ${base} AND refusal IS NULL) AS accepted,
      (SELECT count(*) FROM ${refused} WHERE input = ${input}) AS refused`,
  );
  return { accepted: countOf(counts?.['accepted']), refused: countOf(counts?.['refused']) };
}

/**
 * Copies refused rows to their own table with the line each stood on. The staging table keeps the order of the file, so
 * a row's number is its place among the rows the reader could split, plus the lines before it that it could not.
 */
async function recordRefusals(
  connection: DuckDBConnection,
  input: number,
  base: number,
  header: number,
  isText: boolean,
): Promise<void> {
  const rejects = isText
    ? `SELECT line::BIGINT AS line, any_value(ltrim(csv_line, chr(10))) AS raw, min(${rejectCodes}) AS code FROM ${rejectsTable(input)} GROUP BY line`
    : 'SELECT 0::BIGINT AS line, NULL::VARCHAR AS raw, NULL::VARCHAR AS code WHERE false';
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE unsplit AS ${rejects};
    CREATE OR REPLACE TEMP TABLE unsplit_before AS
      SELECT rows_before, max(position) AS lines FROM (
        SELECT row_number() OVER (ORDER BY line) AS position, line - ${header} - position AS rows_before FROM unsplit)
      GROUP BY rows_before;
    CREATE OR REPLACE TEMP TABLE numbered AS
      SELECT refusal.raw, refusal.texts, refusal.code, ${header} + r.place + coalesce(b.lines, 0) AS line
      FROM (SELECT rowid - ${base} + 1 AS place, refusal[1] AS refusal FROM ${stage} WHERE rowid >= ${base} AND refusal IS NOT NULL) r
      ASOF LEFT JOIN unsplit_before b ON b.rows_before < r.place
      UNION ALL SELECT raw, NULL, code, line FROM unsplit;
    CREATE OR REPLACE TEMP TABLE kept_back AS
      SELECT line - row_number() OVER (ORDER BY line) AS lines_before, row_number() OVER (ORDER BY line) AS position FROM ${keptBack} WHERE input = ${input};
    INSERT INTO ${refused}
      SELECT ${input}, n.line + coalesce(k.lines, 0), n.raw, n.texts, n.code
      FROM numbered n ASOF LEFT JOIN (SELECT lines_before, max(position) AS lines FROM kept_back GROUP BY lines_before) k ON k.lines_before < n.line;`);
}
