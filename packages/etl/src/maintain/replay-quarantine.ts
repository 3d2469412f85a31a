import { HeadwaterError } from '@headwater/core';
import { quoteText, schemaFingerprint } from '@headwater/core/internal';
import { countOf, rowsOf } from '../engine/duckdb-session.ts';
import { withWriteRun } from '../lake/write-run.ts';
import { planPartitions } from '../load/duckdb/plan-partitions.ts';
import { createStagingTables, refused, stage, stageStatement } from '../load/duckdb/staging-table.ts';
import { writePartitions } from '../load/duckdb/write-partitions.ts';
import { writeQuarantine } from '../load/duckdb/write-quarantine.ts';
import { targetFileBytes } from '../load/file-bytes.ts';
import type { LoadReport, WriteOptions } from '../load/load-report.ts';

/**
 * Tries every quarantined row again under the table's present definition. What passes moves to the lake; what does not
 * stays, with its new reasons. Lines that could not be split have no columns to try, and stay as they are.
 *
 * The report counts the rows tried: `rowsIn = rowsOut + duplicates + quarantined`.
 */
export async function replayQuarantine(options: WriteOptions): Promise<LoadReport> {
  return withWriteRun(options, { during: 'the replay', isRepeatable: true }, async (run) => {
    const { schema } = options.table;
    if (run.state.sequence === 0)
      throw new HeadwaterError('LAKE_NOT_FOUND', { lake: options.lake, table: schema.name });
    const connection = await run.session.connect();
    await connection.run(createStagingTables(schema));
    const files = run.state.quarantineFiles;
    await run.fetch(files);
    const paths = files.map((file) => quoteText(run.localPath(file)));
    const rowsIn = files.reduce((rows, file) => rows + file.rows, 0);
    const sources: string[] = [];
    if (files.length > 0) {
      await connection.run(
        `CREATE TABLE kept AS SELECT * FROM read_parquet([${paths.join(', ')}], hive_partitioning = false)`,
      );
      for (const row of await rowsOf(connection, 'SELECT DISTINCT source FROM kept ORDER BY source'))
        sources.push(String(row['source']));
      const list = `[${sources.map(quoteText).join(', ')}]`;
      const texts = schema.columns.map(({ name, renamedFrom }, index) => {
        const names = [name, ...renamedFrom];
        return `coalesce(${names.map((key) => `record[${quoteText(key)}]`).join(', ')}) AS r${index}`;
      });
      const relation = {
        select: `SELECT raw AS raw_text, source, line, ${texts.join(', ')} FROM kept WHERE record IS NOT NULL`,
        rawText: 'raw_text',
        broken: 'NULL::VARCHAR',
      };
      await connection.run(stageStatement(schema, relation, 0));
      // The staging table keeps the order of what it was given, so the n-th staged row is the n-th row kept.
      await connection.run(`
        INSERT INTO ${refused}
          SELECT list_position(${list}, k.source) - 1, coalesce(k.line, 0), refusal.raw, refusal.texts, refusal.code
          FROM (SELECT rowid AS place, refusal[1] AS refusal FROM ${stage} WHERE refusal IS NOT NULL)
          JOIN (SELECT row_number() OVER () - 1 AS place, source, line FROM kept WHERE record IS NOT NULL) k USING (place);
        INSERT INTO ${refused}
          SELECT list_position(${list}, source) - 1, coalesce(line, 0), raw, NULL, reasons[1].code FROM kept WHERE record IS NULL`);
    }
    const [counts] = await rowsOf(
      connection,
      `SELECT (SELECT count(*) FROM ${refused}) AS quarantined, (SELECT count(*) FROM ${stage} WHERE refusal IS NULL) AS accepted`,
    );
    const quarantined = countOf(counts?.['quarantined']);
    const accepted = countOf(counts?.['accepted']);
    const quarantine = await writeQuarantine(connection, schema, {
      id: run.id,
      day: run.startedAt.toISOString().slice(0, 10),
      schemaVersion: schemaFingerprint(schema),
      sources,
      stagedPath: run.staged('quarantine.parquet'),
      fileBytes: targetFileBytes(options.targetFileSize),
    });
    const works = await planPartitions(connection, schema, run.localPath, run.state);
    await run.fetch(works.flatMap(({ existingFiles }) => existingFiles));
    const written = await writePartitions(
      run.session,
      schema,
      works,
      { stagedPath: (index) => run.staged(`part-${index}.parquet`), fileSize: options.targetFileSize },
      (done) =>
        options.onProgress?.({
          phase: 'write',
          rows: rowsIn,
          bytes: 0,
          totalBytes: 0,
          fraction: done / works.length,
        }),
    );
    const duplicates = [...written.duplicates.values()].reduce((total, rows) => total + rows, 0);
    const totals = { rowsIn, rowsOut: accepted - duplicates, duplicates, quarantined };
    if (rowsIn !== accepted + quarantined)
      throw new HeadwaterError('ACCOUNTING_MISMATCH', { file: options.lake, ...totals });
    if (accepted > 0) {
      // The rows were counted as quarantined when they were loaded; here only what leaves the quarantine is counted.
      await run.commit({
        operation: 'replay',
        inputs: [],
        rowsIn: accepted,
        rowsOut: totals.rowsOut,
        duplicates,
        quarantined: 0,
        reasons: quarantine.reasons,
        added: written.files,
        removed: [...written.removed],
        quarantineAdded: quarantine.files,
        quarantineRemoved: files.map((file) => file.path),
      });
    }
    return {
      runId: run.id,
      table: schema.name,
      lake: options.lake,
      dryRun: false,
      ...totals,
      reasons: quarantine.reasons,
      partitions: works.length,
      days: new Set(written.files.map(({ file }) => file.day)).size,
      files: written.files.length,
      bytes: written.files.reduce((total, { file }) => total + file.bytes, 0),
      seconds: (Date.now() - run.startedAt.getTime()) / 1000,
      inputs: [],
    };
  });
}
