import { rowsOf } from '../../engine/duckdb-session.ts';
import { locateLines } from '../../input/locate-lines.ts';
import type { PreparedInput } from '../../input/prepared-input.ts';
import type { StagingRun } from './duckdb-engine.ts';
import { rejectsTable } from './read-lines.ts';

/**
 * Fills the table `unsplit` with the lines that the engine's reader could not split into the columns: `line, raw, code`, each
 * by its number among the lines that it read. The engine's own line numbers are wrong where two of its threads meet, and
 * its texts are cut; the places of the bytes are right, so the lines are looked up by them.
 */
export async function createUnsplitLines(
  { connection }: StagingRun,
  { layout, path }: PreparedInput,
  input: number,
): Promise<void> {
  await connection.run('CREATE OR REPLACE TEMP TABLE unsplit (line BIGINT, raw VARCHAR, code VARCHAR)');
  if (layout.kind !== 'csv' && layout.kind !== 'jsonl') return;
  const rejects = await rowsOf(
    connection,
    `SELECT line_byte_position - 1 AS position, min(error_type) AS problem FROM ${rejectsTable(input)} GROUP BY ALL ORDER BY ALL`,
  );
  if (rejects.length === 0) return;
  const positions = rejects.map((row) => Number(row['position']));
  // A copy's first line is not one of the file's.
  const added = layout.scan.copy ? 1 : 0;
  const appender = await connection.createAppender('unsplit', undefined, 'temp');
  await locateLines(path, positions, ({ line, text, index }) => {
    appender.appendBigInt(BigInt(line - added));
    appender.appendVarchar(text);
    appender.appendVarchar(layout.kind === 'jsonl' ? 'not_json' : codeOf(rejects[index]?.['problem']));
    appender.endRow();
  });
  appender.closeSync();
}

const codeOf = (problem: unknown): string =>
  problem === 'MISSING COLUMNS' ? 'too_few_fields' : 'too_many_fields';
