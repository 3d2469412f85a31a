import { type LakeTable, sql } from '@headwater/queries';
import type { Finding } from '@headwater/stream';
import type { BatchRun, LakeBatch } from '@headwater/stream/detect';
import type { LakeRow } from './lake-rows.ts';

/** Runs the hourly and the daily batch over a table of a lake. */
export interface BatchRunner {
  /**
   * Runs what is due at `time`, in milliseconds.
   *
   * @param lastRow the time of the last row before `time`
   * @returns what it found, in order, with the end of the hour that it was decided by
   */
  runUntil(
    time: number,
    lastRow: number,
  ): Promise<readonly { readonly finding: Finding; readonly decided: number }[]>;
}

/** Creates the runner of a batch. */
export function createBatchRunner(
  table: LakeTable,
  batch: LakeBatch,
  signal: AbortSignal | undefined,
): BatchRunner {
  async function rowsOf(statement: string | undefined): Promise<readonly LakeRow[]> {
    if (statement === undefined) return [];
    const { batches } = await sql(table, statement, { signal });
    const rows: LakeRow[] = [];
    for await (const some of batches()) rows.push(...some);
    return rows;
  }

  async function run(one: BatchRun): Promise<readonly Finding[]> {
    const { actors, pairs } = batch.statementsOf(one);
    const suspects = batch.judge(one, { actors: await rowsOf(actors), pairs: await rowsOf(pairs) });
    if (suspects.length === 0) return [];
    return batch.findingsOf(one, suspects, await rowsOf(batch.evidenceOf(one, suspects)));
  }

  return {
    async runUntil(time, lastRow) {
      const found: { finding: Finding; decided: number }[] = [];
      for (const one of batch.takeDue(time, lastRow)) {
        const quiet = batch.takeQuiet(one.window.end);
        for (const finding of [...quiet, ...(await run(one))])
          found.push({ finding, decided: one.window.end });
      }
      return found;
    },
  };
}
