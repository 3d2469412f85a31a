import { stat } from 'node:fs/promises';
import { HeadwaterError, type ManifestInput, schemaFingerprint } from '@headwater/core';
import { findInputs, type InputFile } from '../input/input-file.ts';
import { type PreparedInput, prepareInput } from '../input/prepare-input.ts';
import { type WriteRun, withWriteRun } from '../lake/write-run.ts';
import type { InputReport, LoadOptions, LoadReport } from './load-report.ts';
import { planPartitions } from './plan-partitions.ts';
import { type StagedInput, stageInput } from './stage-input.ts';
import { createStagingTables, keptBack } from './staging-table.ts';
import { writePartitions } from './write-partitions.ts';
import { writeQuarantine } from './write-quarantine.ts';

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

interface Progress {
  bytes: number;
  readonly totalBytes: number;
  rows: number;
}

async function load(options: LoadOptions, run: WriteRun, files: readonly InputFile[]): Promise<LoadReport> {
  const { schema } = options.table;
  const sizes = await Promise.all(
    files.map(({ path }) =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  const progress: Progress = { bytes: 0, totalBytes: sizes.reduce((sum, size) => sum + size, 0), rows: 0 };
  const connection = await run.session.connect();
  await connection.run(createStagingTables(schema));

  const prepared = await prepareAll(options, run, files, connection, progress);
  const seen = new Set(run.state.inputs.keys());
  const fresh = prepared.filter(({ hash }) => !seen.has(hash) && seen.add(hash));
  const staged: StagedInput[] = [];
  for (const [input, item] of fresh.entries()) {
    const counts = await stageInput(connection, schema, item, input);
    assertRows(item, counts.accepted, 0, counts.refused);
    progress.rows += item.rows;
    report(options, progress, 'read', 0.1 + (0.4 * (input + 1)) / fresh.length, item.source);
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
  });
  assertQuarantine(options, rowsIn, quarantined, quarantine.reasons);

  const works = await planPartitions(connection, schema, run.localPath, run.state);
  await run.fetch(works.flatMap(({ existingFiles }) => existingFiles));
  const written = await writePartitions(
    run.session,
    schema,
    works,
    { stagedPath: (index) => run.staged(`part-${index}.parquet`), fileSize: options.targetFileSize },
    (done) => report(options, progress, 'write', 0.5 + (0.48 * done) / works.length),
  );
  const inputs = fresh.map((item, input): ManifestInput => {
    const accepted = staged[input]?.accepted ?? 0;
    // A duplicate that was in the lake already (-1) made way for a new row: the lake did not grow by that one.
    const replaced = input === 0 ? (written.duplicates.get(-1) ?? 0) : 0;
    const duplicates = (written.duplicates.get(input) ?? 0) + replaced;
    const counts = {
      rowsIn: item.rows,
      rowsOut: accepted - duplicates,
      duplicates,
      quarantined: staged[input]?.refused ?? 0,
    };
    return { source: item.source, hash: item.hash, bytes: item.bytes, ...counts };
  });
  const totals = {
    rowsIn,
    rowsOut: inputs.reduce((sum, input) => sum + input.rowsOut, 0),
    duplicates: inputs.reduce((sum, input) => sum + input.duplicates, 0),
    quarantined,
  };
  assertWritten(options, run, totals, written);
  report(options, progress, 'commit', 0.99);
  if (!options.dryRun && fresh.length > 0) {
    await run.commit({
      operation: 'load',
      inputs,
      ...totals,
      reasons: quarantine.reasons,
      added: written.files,
      removed: [...written.removed],
      quarantineAdded: quarantine.file ? [quarantine.file] : [],
      quarantineRemoved: [],
    });
  }
  report(options, progress, 'commit', 1);
  return {
    runId: run.id,
    table: schema.name,
    lake: options.lake,
    dryRun: options.dryRun ?? false,
    ...totals,
    reasons: quarantine.reasons,
    partitions: new Set(written.files.map(({ file }) => file.path.slice(0, file.path.lastIndexOf('/')))).size,
    files: written.files.length,
    bytes: written.files.reduce((sum, { file }) => sum + file.bytes, 0),
    seconds: (Date.now() - run.startedAt.getTime()) / 1000,
    inputs: inputReports(prepared, fresh, inputs),
  };
}

async function prepareAll(
  options: LoadOptions,
  run: WriteRun,
  files: readonly InputFile[],
  connection: Awaited<ReturnType<WriteRun['session']['connect']>>,
  progress: Progress,
): Promise<PreparedInput[]> {
  const { table, signal, stdin, delimiter, header } = options;
  const prepared: PreparedInput[] = [];
  const known = new Set(run.state.inputs.keys());
  // Numbers are given to fresh inputs only, in order: the same numbers that staging uses.
  let number = 0;
  for (const [index, file] of files.entries()) {
    const appender = await connection.createAppender(keptBack);
    const item = await prepareInput(file, {
      schema: table.schema,
      hints: { delimiter, header },
      copyTo: run.staged(`input-${index}`),
      connection,
      stdin,
      signal,
      onBroken: ({ line, code, text }) => {
        appender.appendInteger(number);
        appender.appendBigInt(BigInt(line));
        if (code === null) appender.appendNull();
        else appender.appendVarchar(code);
        appender.appendVarchar(text);
        appender.endRow();
      },
      onBytes: (bytes) => {
        progress.bytes += bytes;
        report(
          options,
          progress,
          'read',
          progress.totalBytes ? (0.1 * progress.bytes) / progress.totalBytes : 0,
          file.source,
        );
      },
    });
    appender.closeSync();
    if (known.has(item.hash)) await connection.run(`DELETE FROM ${keptBack} WHERE input = ${number}`);
    else {
      known.add(item.hash);
      number += 1;
    }
    prepared.push(item);
  }
  return prepared;
}

function report(
  options: LoadOptions,
  progress: Progress,
  phase: 'read' | 'write' | 'commit',
  fraction: number,
  source?: string,
): void {
  options.onProgress?.({
    phase,
    ...progress,
    fraction: Math.min(1, fraction),
    ...(source ? { source } : {}),
  });
}

function assertRows(item: PreparedInput, rowsOut: number, duplicates: number, quarantined: number): void {
  if (item.rows === rowsOut + duplicates + quarantined) return;
  throw new HeadwaterError('ACCOUNTING_MISMATCH', {
    file: item.source,
    rowsIn: item.rows,
    rowsOut,
    duplicates,
    quarantined,
  });
}

/** What the files hold, counted by their writer, must be what the staging table says minus the duplicates. */
function assertWritten(
  options: LoadOptions,
  run: WriteRun,
  totals: { rowsIn: number; rowsOut: number; duplicates: number; quarantined: number },
  written: Awaited<ReturnType<typeof writePartitions>>,
): void {
  const before = run.state.files
    .filter((file) => written.removed.includes(file.path))
    .reduce((sum, file) => sum + file.rows, 0);
  const added = written.files.reduce((sum, { file }) => sum + file.rows, 0) - before;
  if (added !== totals.rowsOut)
    throw new HeadwaterError('ACCOUNTING_MISMATCH', { file: options.lake, ...totals, rowsOut: added });
}

function assertQuarantine(
  options: LoadOptions,
  rowsIn: number,
  quarantined: number,
  reasons: Record<string, number>,
): void {
  const { maxQuarantine } = options;
  if (maxQuarantine === undefined || quarantined <= rowsIn * maxQuarantine) return;
  throw new HeadwaterError('QUARANTINE_EXCEEDED', {
    quarantined,
    rowsIn,
    limit: `${maxQuarantine * 100}%`,
    reasons,
  });
}

function inputReports(
  prepared: readonly PreparedInput[],
  fresh: readonly PreparedInput[],
  inputs: readonly ManifestInput[],
): InputReport[] {
  return prepared.map((item) => {
    const counts = inputs[fresh.indexOf(item)];
    const { source, bytes } = item;
    return counts
      ? {
          source,
          bytes,
          rowsIn: counts.rowsIn,
          rowsOut: counts.rowsOut,
          duplicates: counts.duplicates,
          quarantined: counts.quarantined,
          skipped: false,
        }
      : { source, bytes, rowsIn: 0, rowsOut: 0, duplicates: 0, quarantined: 0, skipped: true };
  });
}
