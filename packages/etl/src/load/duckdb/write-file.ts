import { open } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteText, rowGroupRows } from '@headwater/core/internal';
import { countOf } from '../../engine/duckdb-session.ts';
import { contentHash } from '../../lake/content-hash.ts';
import type { WrittenFile } from '../../lake/written-file.ts';

/** Where a file is written, and the facts that its entry in the manifest needs. */
export interface FilePlan {
  /** Where it is written, in the staging folder. */
  readonly stagedPath: string;
  /** Its folder in the lake. */
  readonly folder: string;
  /** The UTC day that its rows belong to. */
  readonly day: string;
  /** The column whose range the manifest records. */
  readonly timeColumn?: string;
}

interface CopyStats {
  count: bigint;
  file_size_bytes: bigint;
  column_statistics: { entries: { key: string; value: { entries: { key: string; value: string }[] } }[] };
}

/**
 * Writes one Parquet file from a SELECT: zstd, with column statistics and, where the engine finds few distinct values,
 * dictionaries and bloom filters. The file's name follows from its content.
 *
 * @returns undefined when the SELECT gives no rows
 */
export async function writeFile(
  connection: DuckDBConnection,
  select: string,
  plan: FilePlan,
): Promise<WrittenFile | undefined> {
  // zstd at level 1: on sorted events its files are smaller than those of level 3, for two thirds of the work.
  const reader = await connection.runAndReadAll(
    `COPY (${select}) TO ${quoteText(plan.stagedPath)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE ${rowGroupRows}, RETURN_STATS)`,
  );
  const stats = reader.getRowObjects()[0] as unknown as CopyStats | undefined;
  const rows = countOf(stats?.count);
  if (!stats || rows === 0) return undefined;
  const columns = new Map(
    stats.column_statistics.entries.map(({ key, value }) => [
      key.replace(/^"|"$/g, ''),
      new Map(value.entries.map((entry) => [entry.key, entry.value])),
    ]),
  );
  const handle = await open(plan.stagedPath, 'r+');
  await handle.sync();
  await handle.close();
  const hash = await contentHash(plan.stagedPath);
  const time = plan.timeColumn === undefined ? undefined : columns.get(plan.timeColumn);
  const [first, last] = [time?.get('min'), time?.get('max')];
  const columnBytes: Record<string, number> = {};
  for (const [path, column] of columns) {
    // The leaves of a nested column, such as `reasons"."element"."code`, are always read together.
    const [name = path] = path.split('"."');
    columnBytes[name] = (columnBytes[name] ?? 0) + Number(column.get('column_size_bytes') ?? 0);
  }
  return {
    stagedPath: plan.stagedPath,
    file: {
      path: `${plan.folder}/part-${hash.slice(0, 16)}.parquet`,
      day: plan.day,
      rows,
      bytes: countOf(stats.file_size_bytes),
      hash,
      ...(first && last ? { timeRange: [isoTime(first), isoTime(last)] as [string, string] } : {}),
      columnBytes,
    },
  };
}

/** The engine writes `2019-10-01 00:00:00`, with or without a fraction. */
const isoTime = (text: string): string => new Date(`${text.replace(' ', 'T')}Z`).toISOString();
