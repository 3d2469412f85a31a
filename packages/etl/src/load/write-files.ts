import { rm } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteText } from '@headwater/core';
import { type FileTarget, type WrittenFile, writeFile } from './write-file.ts';

/**
 * Writes a SELECT's rows as files of about `fileBytes`: one, or equal runs of rows where one came out larger than one and
 * a half times that. How many follows from the bytes, so from the rows alone.
 */
export async function writeFiles(
  connection: DuckDBConnection,
  select: string,
  fileBytes: number,
  target: FileTarget,
): Promise<WrittenFile[]> {
  const whole = await writeFile(connection, select, target);
  if (!whole) return [];
  if (whole.file.bytes <= fileBytes * 1.5) return [whole];
  const pieces = Math.ceil(whole.file.bytes / fileBytes);
  const rows = Math.ceil(whole.file.rows / pieces);
  const written: WrittenFile[] = [];
  for (let piece = 0; piece < pieces; piece += 1) {
    const some = `SELECT * FROM read_parquet(${quoteText(whole.stagedPath)}, hive_partitioning = false) LIMIT ${rows} OFFSET ${piece * rows}`;
    const file = await writeFile(connection, some, {
      ...target,
      stagedPath: `${target.stagedPath}.${piece}`,
    });
    if (file) written.push(file);
  }
  await rm(whole.stagedPath);
  return written;
}
