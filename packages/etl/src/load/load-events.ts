import { schemaFingerprint } from '@headwater/core/internal';
import { findInputs, type InputFile } from '../input/input-file.ts';
import { type WriteRun, withWriteRun } from '../lake/write-run.ts';
import {
  accountInputs,
  assertQuarantine,
  assertStaged,
  assertWritten,
  inputReports,
} from './account-rows.ts';
import { planPartitions } from './duckdb/plan-partitions.ts';
import { type StagedInput, stageInput } from './duckdb/stage-input.ts';
import { createStagingTables } from './duckdb/staging-table.ts';
import { writePartitions } from './duckdb/write-partitions.ts';
import { writeQuarantine } from './duckdb/write-quarantine.ts';
import { targetFileBytes } from './file-bytes.ts';
import type { LoadOptions, LoadReport } from './load-report.ts';
import { prepareInputs } from './prepare-inputs.ts';
import { createProgressReporter } from './progress-reporter.ts';

/**
 * Loads raw event files into a lake: cleaned, de-duplicated, partitioned by day, sorted, accounted for, committed.
 * An input whose content was loaded before is skipped. Run it twice, or kill it and run it again: the same lake.
 *
 * @example
 * ```ts
 * const report = await loadEvents({ table: clickstream, lake: './lake', inputs: ['raw/*.csv.gz'] });
 * // report.rowsIn === report.rowsOut + report.duplicates + report.quarantined
 * ```
 * @throws HeadwaterError `INPUT_*` before anything is written; `QUARANTINE_EXCEEDED`, `ACCOUNTING_MISMATCH`, `LAKE_*`
 */
export async function loadEvents(options: LoadOptions): Promise<LoadReport> {
  const files = await findInputs(options.inputs, options.format);
  const isRepeatable = files.every(({ path }) => path !== '-');
  return withWriteRun(options, { during: 'the load', isRepeatable }, (run) => load(options, run, files));
}

async function load(options: LoadOptions, run: WriteRun, files: readonly InputFile[]): Promise<LoadReport> {
  const { schema } = options.table;
  const progress = await createProgressReporter(options, files);
  const connection = await run.session.connect();
  await connection.run(createStagingTables(schema));

  const prepared = await prepareInputs(options, run, files, connection, progress);
  const seen = new Set(run.state.inputs.keys());
  const fresh = prepared.filter(({ hash }) => !seen.has(hash) && seen.add(hash));
  const staged: StagedInput[] = [];
  for (const [input, item] of fresh.entries()) {
    const counts = await stageInput(connection, schema, item, input);
    assertStaged(item, counts);
    progress.addRows(item.rows);
    progress.report('read', 0.1 + (0.4 * (input + 1)) / fresh.length, item.source);
    staged.push(counts);
  }
  const rowsIn = fresh.reduce((sum, item) => sum + item.rows, 0);
  const quarantined = staged.reduce((sum, counts) => sum + counts.refused, 0);
  const quarantine = await writeQuarantine(connection, schema, {
    id: run.id,
    day: run.startedAt.toISOString().slice(0, 10),
    schemaVersion: schemaFingerprint(schema),
    sources: fresh.map((item) => item.source),
    stagedPath: run.staged('quarantine.parquet'),
    fileBytes: targetFileBytes(options.targetFileSize),
  });
  assertQuarantine(options, rowsIn, quarantined, quarantine.reasons);

  const works = await planPartitions(connection, schema, run.localPath, run.state);
  await run.fetch(works.flatMap(({ existingFiles }) => existingFiles));
  const written = await writePartitions(
    run.session,
    schema,
    works,
    { stagedPath: (index) => run.staged(`part-${index}.parquet`), fileSize: options.targetFileSize },
    (done) => progress.report('write', 0.5 + (0.48 * done) / works.length),
  );
  const inputs = accountInputs(fresh, staged, written.duplicates);
  const totals = {
    rowsIn,
    rowsOut: inputs.reduce((sum, input) => sum + input.rowsOut, 0),
    duplicates: inputs.reduce((sum, input) => sum + input.duplicates, 0),
    quarantined,
  };
  assertWritten(options, run, totals, written);
  progress.report('commit', 0.99);
  if (!options.dryRun && fresh.length > 0) {
    await run.commit({
      operation: 'load',
      inputs,
      ...totals,
      reasons: quarantine.reasons,
      added: written.files,
      removed: [...written.removed],
      quarantineAdded: quarantine.files,
      quarantineRemoved: [],
    });
  }
  progress.report('commit', 1);
  return {
    runId: run.id,
    table: schema.name,
    lake: options.lake,
    dryRun: options.dryRun ?? false,
    ...totals,
    reasons: quarantine.reasons,
    partitions: new Set(written.files.map(({ file }) => file.path.slice(0, file.path.lastIndexOf('/')))).size,
    days: new Set(written.files.map(({ file }) => file.day)).size,
    files: written.files.length,
    bytes: written.files.reduce((sum, { file }) => sum + file.bytes, 0),
    seconds: (Date.now() - run.startedAt.getTime()) / 1000,
    inputs: inputReports(prepared, fresh, inputs),
  };
}
