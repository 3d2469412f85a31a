import { HeadwaterError, rejectCodes } from '@headwater/core';
import { columnOf, type LookupRule, lookupFileSchema } from '@headwater/core/internal';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import type { InputFile } from '../../input/input-file.ts';
import { localInputs } from '../../input/local-batches.ts';
import type { PreparedInput } from '../../input/prepared-input.ts';
import type { LookupFile } from '../load-engine.ts';
import type { StagingRun } from './duckdb-engine.ts';
import { comparedKey, type LoadedLookup, lookupTableName } from './loaded-lookup.ts';
import { prepareInputs } from './prepare-inputs.ts';
import { skippedLines, stageInput } from './stage-input.ts';
import {
  createStagingTables,
  dropStagingTables,
  keptBack,
  reasonsSql,
  rejectedRows,
  stage,
} from './staging-table.ts';

/**
 * Reads the files of the lookups into tables of the run's database, cleaned by their own definitions. Call it before anything is
 * staged: it uses the staging tables.
 *
 * @throws HeadwaterError `LOOKUP_INVALID` for a row that is not valid, a key that has several rows where the lookup refuses them,
 *   and a file without rows; `INPUT_*`
 */
export async function loadLookups(run: StagingRun, files: readonly LookupFile[]): Promise<void> {
  const { connection, schema } = run;
  for (const { name, file } of files) {
    const rule = schema.lookups?.[name];
    if (!rule) throw new Error(`there is no lookup ${name}`);
    await connection.run(dropStagingTables + createStagingTables(lookupFileSchema(rule)));
    run.lookups.push(await loadLookup(run, name, rule, file));
    // The reader's tables of rejected lines are named by the number of the input.
    await connection.run('DROP TABLE IF EXISTS csv_rejects_0; DROP TABLE IF EXISTS csv_scans_0');
  }
  await connection.run(dropStagingTables + createStagingTables(schema));
}

/** The bytes of lookups are not part of the progress of a load. */
const noProgress = {
  addBytes: () => {},
  addDownloaded: () => {},
  addRows: () => {},
  scanned: 0,
  report: () => {},
  reportDownload: () => {},
};

async function loadLookup(
  run: StagingRun,
  name: string,
  rule: LookupRule,
  file: InputFile,
): Promise<LoadedLookup> {
  const { connection } = run;
  const read = lookupFileSchema(rule);
  const { aws, signal } = run.options;
  const local = await localInputs([file], { to: () => run.staged(`lookup-${name}`), aws, signal });
  const [prepared] = await prepareInputs(run, local, {
    file: read,
    known: new Set(),
    progress: noProgress,
    copyTo: () => run.staged(`lookup-${name}-copy`),
  });
  if (!prepared) throw new Error(`the lookup ${name} was not read`);
  const { source, hash } = prepared;
  const refuse = (line: number | null, column: string | null, problem: string): never => {
    throw new HeadwaterError('LOOKUP_INVALID', { lookup: name, file: source, line, column, problem });
  };
  const { accepted, rejected } = await stageInput({ ...run, schema: read }, read, prepared, 0);
  if (rejected > 0) {
    const [first] = await rowsOf(
      connection,
      `SELECT line, reason."column" AS name, reason.code AS code
       FROM (SELECT line, reasons[1] AS reason FROM (SELECT line, ${reasonsSql(read)} AS reasons FROM ${rejectedRows})) ORDER BY line LIMIT 1`,
    );
    const meaning = rejectCodes[String(first?.['code']) as keyof typeof rejectCodes];
    refuse(
      countOf(first?.['line']) || null,
      first?.['name'] === null ? null : String(first?.['name']),
      `${meaning}. ${rejected === 1 ? 'It is the only such row' : `${rejected} rows are not valid`}: correct the file, or the definition of ${rule.table}`,
    );
  }
  if (accepted === 0) refuse(null, null, 'it has no rows');
  if (rule.many === 'refuse') await assertOneRow(run, rule, prepared, refuse);
  const texts = rule.columns.map((_, index) => `v${index + 1}::VARCHAR AS c${index}`);
  const only = rule.many === 'first' ? ` WHERE rowid IN (SELECT min(rowid) FROM ${stage} GROUP BY v0)` : '';
  await connection.run(
    `CREATE TABLE ${lookupTableName(name)} AS SELECT ${comparedKey(rule.key, 'v0')} AS k, ${texts.join(', ')} FROM ${stage}${only}`,
  );
  return { name, rule, source, hash, rows: accepted, unmatched: 0 };
}

/** Refuses a key with several rows, and names the lines of the first two. */
async function assertOneRow(
  { connection, schema }: StagingRun,
  { key, on }: LookupRule,
  prepared: PreparedInput,
  refuse: (line: number, column: string, problem: string) => never,
): Promise<void> {
  const [twice] = await rowsOf(
    connection,
    `SELECT any_value(v0)::VARCHAR AS key, count(*) AS rows, list(rowid ORDER BY rowid)[1:2] AS places
     FROM ${stage} GROUP BY v0 HAVING count(*) > 1 ORDER BY min(rowid) LIMIT 1`,
  );
  if (!twice) return;
  const [first = 0, second = 0] = await Promise.all(
    (twice['places'] as unknown[]).map((place) =>
      lineOf(connection, Number(place) + 1 + skippedLines(prepared)),
    ),
  );
  // A key that identifies a person is in no message.
  const shown =
    columnOf(schema, on).pii === 'none' && key.pii === 'none'
      ? `the key ${JSON.stringify(twice['key'])}`
      : 'a key';
  refuse(
    second,
    key.name,
    `${shown} has ${countOf(twice['rows'])} rows, the first in the lines ${first} and ${second}. Keep one, or take the first with many: 'first'`,
  );
}

/** The line of a row by its place among the lines that were read: lines before it may have been kept back. */
async function lineOf(connection: StagingRun['connection'], place: number): Promise<number> {
  const [found] = await rowsOf(
    connection,
    `SELECT ${place} + coalesce(max(position), 0) AS line
     FROM (SELECT line - row_number() OVER (ORDER BY line) AS lines_before, row_number() OVER (ORDER BY line) AS position FROM ${keptBack})
     WHERE lines_before < ${place}`,
  );
  return countOf(found?.['line']);
}
