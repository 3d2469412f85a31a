import { HeadwaterError } from '@headwater/core';
import type { WriteOptions } from '../lake/write-options.ts';
import { withWriteRun } from '../lake/write-run.ts';
import type { LoadOptions, LoadReport } from '../load/load-report.ts';
import { findLookups } from '../load/lookup-files.ts';
import { type LoadEngineName, loadEngine } from '../load/open-load-engine.ts';
import { planPartitions } from '../load/plan-partitions.ts';
import { writeAndCommit } from '../load/write-and-commit.ts';

/** Options of a replay. */
export interface ReplayOptions extends WriteOptions, Pick<LoadOptions, 'lookups'> {
  /**
   * What reads and writes the rows. Defaults to `duckdb`. Quarantines are usually small, and Spark takes seconds to start: choose `spark` for
   * one of many millions of rows.
   */
  readonly engine?: LoadEngineName | undefined;
}

/**
 * Tries every quarantined row again under the table's present definition. Accepted rows move to the lake; the others stay
 * in the quarantine, with their new reasons. A row is cleaned by the rules of the source that its input was read as; rows that
 * the source's conditions leave out by now are removed from the quarantine, and counted. Lines that could not be split have no
 * columns to try, and stay as they are. Rows are looked up again, so a table with lookups needs their files as a load does.
 *
 * The report counts the rows tried: `rowsIn = rowsOut + duplicates + quarantined + filtered`.
 *
 * @throws HeadwaterError `LOOKUP_*`; `LAKE_NOT_FOUND` when the lake holds no commit of the table
 */
export async function replayQuarantine(options: ReplayOptions): Promise<LoadReport> {
  const lookups = await findLookups(options.table.schema, options.lookups, options.aws);
  return withWriteRun(options, { during: 'the replay', isRepeatable: true }, async (run) => {
    const { lake } = options;
    if (run.state.sequence === 0)
      throw new HeadwaterError('LAKE_NOT_FOUND', { lake, table: run.schema.name });
    const files = run.state.quarantineFiles;
    const rowsIn = files.reduce((sum, { rows }) => sum + rows, 0);
    await run.fetch(files);
    await using engine = await loadEngine(options.engine).replay(run);
    if (lookups.length > 0) await engine.loadLookups(lookups);
    const { accepted, rejected: quarantined, filtered } = await engine.stageQuarantine(files);
    if (rowsIn !== accepted + quarantined + filtered) {
      const counts = { rowsIn, rowsOut: accepted, duplicates: 0, quarantined, filtered };
      throw new HeadwaterError('ACCOUNTING_MISMATCH', { file: lake, ...counts });
    }
    const quarantine = await engine.writeQuarantine();
    const nulled = await engine.nulledValues();
    const { inputs: _, ...counts } = await writeAndCommit(run, engine, {
      operation: 'replay',
      works: await planPartitions(run.state, engine),
      quarantine,
      nulled,
      quarantineRemoved: files.map(({ path }) => path),
      lookups: engine.lookups(),
      isCommitted: accepted + filtered > 0,
      count(duplicatesByInput) {
        const duplicates = [...duplicatesByInput.values()].reduce((sum, rows) => sum + rows, 0);
        // The load counted these rows as quarantined already, so the manifest counts only those that leave the quarantine.
        const rowsOut = accepted - duplicates;
        return { inputs: [], rowsIn: accepted + filtered, rowsOut, duplicates, quarantined: 0, filtered };
      },
      onWritten: (fraction) =>
        run.options.onProgress?.({ phase: 'write', rows: rowsIn, bytes: 0, totalBytes: 0, fraction }),
    });
    return {
      runId: run.id,
      table: run.schema.name,
      lake,
      source: null,
      dryRun: false,
      ...counts,
      rowsIn,
      quarantined,
      reasons: quarantine.reasons,
      nulled,
      // A replay loads no input.
      unknownInputs: null,
      removedLeftovers: run.removedLeftovers,
      traffic: run.traffic(),
      seconds: (Date.now() - run.startedAt.getTime()) / 1000,
      inputs: [],
      lookups: engine.lookups(),
      leftOut: [],
      listings: [],
    };
  });
}
