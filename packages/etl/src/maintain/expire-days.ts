import { HeadwaterError } from '@headwater/core';
import type { DataFile } from '@headwater/core/internal';
import type { StoreTraffic } from '../lake/store-traffic.ts';
import type { WriteOptions } from '../lake/write-options.ts';
import { withWriteRun } from '../lake/write-run.ts';
import { removeOutdated } from '../rollup/remove-outdated.ts';
import { firstKeptDay } from './first-kept-day.ts';

/** Options of {@link expireDays}. */
export interface ExpireOptions extends WriteOptions {
  /**
   * Which days go: those before an age (`90d`, `12w`, `6m`, `2y`) or before a day (`2024-01-31`). The day of a row is that of its event,
   * in UTC; the day of a quarantined row is the one on which a load rejected it.
   */
  readonly olderThan: string;
  /** Remove the quarantined rows of such days as well. Defaults to false. */
  readonly quarantine?: boolean | undefined;
  /** Count what would go, and change nothing. Defaults to false. */
  readonly dryRun?: boolean | undefined;
}

/** The result of an expiry. */
export interface ExpireReport {
  readonly runId: string;
  readonly table: string;
  readonly lake: string;
  readonly dryRun: boolean;
  /** The first day that stays, `YYYY-MM-DD`. */
  readonly firstKeptDay: string;
  /** The days of the lake that went. Null when none did. */
  readonly days: { readonly count: number; readonly first: string; readonly last: string } | null;
  readonly rows: number;
  readonly files: number;
  readonly bytes: number;
  /** Quarantined rows that went. 0 unless they were asked for. */
  readonly quarantined: number;
  /** Entries of rollups of those days, and of days whose answers read them, that went, and files of rollups. */
  readonly rollups: { readonly entries: number; readonly files: number };
  /** Leftovers of dead runs that this run removed, as paths below the lake. */
  readonly removedLeftovers: readonly string[];
  /** What the expiry moved and asked of a lake on S3. Null for a lake in a folder. */
  readonly traffic: StoreTraffic | null;
  readonly seconds: number;
}

/**
 * Removes old days from a lake for good: one commit takes their files out of the lake, then the files are deleted. Nothing is read or
 * written but the manifest. Without such days nothing is committed.
 *
 * Inputs stay known, so loading the file of an expired day again is skipped. A file that was not loaded before is loaded whole: its
 * late rows bring their old days back, until the next expiry.
 *
 * @throws HeadwaterError `LAKE_NOT_FOUND` when the lake holds no commit of the table, `OPTION_INVALID` for an age or a day that is none,
 *   `FILES_NOT_REMOVED` when files on S3 stay, although the commit stands
 */
export async function expireDays(options: ExpireOptions): Promise<ExpireReport> {
  const { lake, dryRun = false } = options;
  const kept = firstKeptDay(options.olderThan, new Date());
  const operation = { during: 'the expiry', isRepeatable: true, isDryRun: dryRun };
  const report = await withWriteRun(options, operation, async (run) => {
    const table = run.schema.name;
    if (run.state.sequence === 0) throw new HeadwaterError('LAKE_NOT_FOUND', { lake, table });
    const isOld = ({ day }: DataFile): boolean => day < kept;
    const files = run.state.files.filter(isOld);
    const rejected = options.quarantine ? run.state.quarantineFiles.filter(isOld) : [];
    const [erased, discarded] = [rowsOf(files), rowsOf(rejected)];
    if (!dryRun && files.length + rejected.length > 0)
      await run.commit({
        operation: 'expire',
        inputs: [],
        ...{ rowsIn: 0, rowsOut: 0, duplicates: 0, quarantined: 0 },
        ...(files.length > 0 ? { erased } : {}),
        ...(rejected.length > 0 ? { discarded } : {}),
        reasons: {},
        added: [],
        removed: files.map(({ path }) => path),
        quarantineAdded: [],
        quarantineRemoved: rejected.map(({ path }) => path),
      });
    const days = [...new Set(files.map(({ day }) => day))].sort();
    const [first, last] = [days[0], days.at(-1)];
    return {
      runId: run.id,
      table,
      lake,
      dryRun,
      firstKeptDay: kept,
      days: first === undefined || last === undefined ? null : { count: days.length, first, last },
      rows: erased,
      files: files.length + rejected.length,
      bytes: [...files, ...rejected].reduce((sum, { bytes }) => sum + bytes, 0),
      quarantined: discarded,
      removedLeftovers: run.removedLeftovers,
      traffic: run.traffic(),
      seconds: (Date.now() - run.startedAt.getTime()) / 1000,
    };
  });
  // After the commit, which makes the entries invalid. A run that died in between left them.
  const { entries, files } = dryRun
    ? { entries: 0, files: 0 }
    : await removeOutdated(options, options.table.name);
  return { ...report, rollups: { entries, files } };
}

const rowsOf = (files: readonly DataFile[]): number => files.reduce((sum, { rows }) => sum + rows, 0);
