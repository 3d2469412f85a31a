import { HeadwaterError } from '@headwater/core';
import type { WriteOptions } from '../lake/write-options.ts';
import { withWriteRun } from '../lake/write-run.ts';
import { openDuckdbEngine } from '../load/duckdb/duckdb-engine.ts';

/** Options of {@link discardQuarantine}. */
export interface DiscardOptions extends WriteOptions {
  /** Discard only the rows that were rejected for this reason, such as `price:below_minimum`. Defaults to all rows. */
  readonly reason?: string | undefined;
}

/** The result of a discard. */
export interface DiscardReport {
  readonly runId: string;
  readonly table: string;
  readonly lake: string;
  readonly discarded: number;
  /** Rows that stay in the quarantine. */
  readonly kept: number;
  /** The discarded rows by reason, `column:code`. A row may have several. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Files of runs that died, which this run removed. */
  readonly removedLeftovers: readonly string[];
  readonly seconds: number;
}

/**
 * Discards quarantined rows for good, as a commit that counts them. The lake's other rows are not touched.
 *
 * @throws HeadwaterError `LAKE_NOT_FOUND` when the lake holds no commit of the table, `OPTION_INVALID` for a reason that no
 *   quarantined row has
 */
export async function discardQuarantine(options: DiscardOptions): Promise<DiscardReport> {
  const { reason, lake } = options;
  return withWriteRun(options, { during: 'the discard', isRepeatable: true }, async (run) => {
    const table = run.schema.name;
    if (run.state.sequence === 0) throw new HeadwaterError('LAKE_NOT_FOUND', { lake, table });
    const files = run.state.quarantineFiles;
    const rows = files.reduce((sum, file) => sum + file.rows, 0);
    await run.fetch(files);
    await using engine = await openDuckdbEngine(run);
    const split = await engine.splitQuarantine(files, reason);
    if (reason !== undefined && !split.known.includes(reason))
      throw new HeadwaterError('OPTION_INVALID', {
        option: 'reason',
        value: reason,
        expected:
          split.known.length > 0 ? `one of ${split.known.join(', ')}` : 'no reason: the quarantine is empty',
      });
    const { discarded, reasons, removed } = split;
    const written = split.files.reduce((sum, { file }) => sum + file.rows, 0);
    const replaced = files
      .filter(({ path }) => removed.includes(path))
      .reduce((sum, file) => sum + file.rows, 0);
    if (replaced !== written + discarded)
      throw new HeadwaterError('ACCOUNTING_MISMATCH', {
        file: lake,
        rowsIn: replaced,
        rowsOut: 0,
        duplicates: 0,
        quarantined: written + discarded,
      });
    if (discarded > 0)
      await run.commit({
        operation: 'discard',
        inputs: [],
        // No row enters the lake: the loads counted these rows as quarantined already.
        ...{ rowsIn: 0, rowsOut: 0, duplicates: 0, quarantined: 0 },
        discarded,
        reasons: { ...reasons },
        added: [],
        removed: [],
        quarantineAdded: split.files,
        quarantineRemoved: [...removed],
      });
    return {
      runId: run.id,
      table,
      lake,
      discarded,
      kept: rows - discarded,
      reasons,
      removedLeftovers: run.removedLeftovers,
      seconds: (Date.now() - run.startedAt.getTime()) / 1000,
    };
  });
}
