import { HeadwaterError } from '@headwater/core';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import { isMachineError } from '../../engine/machine-error.ts';
import type { PreparedInput } from '../../input/prepare-input.ts';
import type { StagedInput } from '../load-engine.ts';
import type { DuckdbRun } from './duckdb-engine.ts';
import { csvRelation, jsonRelation, parquetRelation, rejectsTable } from './raw-relation.ts';
import { keptBack, rejectedRows, stage, stageStatement } from './staging-table.ts';

const rejectCodes = `CASE error_type WHEN 'MISSING COLUMNS' THEN 'too_few_fields' WHEN 'TOO MANY COLUMNS' THEN 'too_many_fields'
  WHEN 'UNQUOTED VALUE' THEN 'unclosed_quote' WHEN 'LINE SIZE OVER MAXIMUM' THEN 'line_too_long' ELSE 'not_utf8' END`;

/**
 * Reads, cleans and stages one input; rejected rows get their line.
 *
 * @returns what the engine found, independent of `prepared.rows`, which was counted from the bytes
 */
export async function stageInput(
  run: DuckdbRun,
  prepared: PreparedInput,
  input: number,
): Promise<Pick<StagedInput, 'accepted' | 'rejected'>> {
  const { connection, schema } = run;
  const base = countOf((await rowsOf(connection, `SELECT count(*) AS rows FROM ${stage}`))[0]?.['rows']);
  const { layout } = prepared;
  const relation =
    layout.kind === 'csv'
      ? csvRelation(prepared.path, input, layout.csv, layout.scan)
      : layout.kind === 'jsonl'
        ? jsonRelation(schema, prepared.path, input, layout.scan)
        : parquetRelation(prepared.path, layout.fields, layout.positions);
  await connection.run(stageStatement(schema, relation, input)).catch((cause: Error) => {
    if (isMachineError(cause)) throw cause;
    const problem = cause.message.split('\n')[0] ?? '';
    throw new HeadwaterError('INPUT_UNREADABLE', { file: prepared.source, problem }, { cause });
  });
  const header = layout.kind === 'csv' && layout.csv.hasHeader ? 1 : 0;
  await recordRejections(run, input, base, header, layout.kind !== 'parquet');
  await connection.run(
    `INSERT INTO ${rejectedRows} SELECT input, line, raw, NULL, code FROM ${keptBack} WHERE input = ${input} AND code IS NOT NULL`,
  );
  const [counts] = await rowsOf(
    connection,
    `SELECT (SELECT count(*) FROM ${stage} WHERE rowid >= ${base} AND rejection IS NULL) AS accepted,
      (SELECT count(*) FROM ${rejectedRows} WHERE input = ${input}) AS rejected`,
  );
  return { accepted: countOf(counts?.['accepted']), rejected: countOf(counts?.['rejected']) };
}

/**
 * Copies rejected rows to their own table, each with its line. The staging table keeps the order of the file, so
 * a row's number is its place among the rows the reader could split, plus the lines before it that it could not.
 */
async function recordRejections(
  { connection }: DuckdbRun,
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
      SELECT rejection.raw, rejection.texts, rejection.code, ${header} + r.place + coalesce(b.lines, 0) AS line
      FROM (SELECT rowid - ${base} + 1 AS place, rejection[1] AS rejection FROM ${stage} WHERE rowid >= ${base} AND rejection IS NOT NULL) r
      ASOF LEFT JOIN unsplit_before b ON b.rows_before < r.place
      UNION ALL SELECT raw, NULL, code, line FROM unsplit;
    CREATE OR REPLACE TEMP TABLE kept_back AS
      SELECT line - row_number() OVER (ORDER BY line) AS lines_before, row_number() OVER (ORDER BY line) AS position FROM ${keptBack} WHERE input = ${input};
    INSERT INTO ${rejectedRows}
      SELECT ${input}, n.line + coalesce(k.lines, 0), n.raw, n.texts, n.code
      FROM numbered n ASOF LEFT JOIN (SELECT lines_before, max(position) AS lines FROM kept_back GROUP BY lines_before) k ON k.lines_before < n.line;`);
}
