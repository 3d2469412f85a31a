import { rm } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { quotePath } from '@headwater/core/internal';
import type { WrittenFile } from '../../lake/written-file.ts';
import { type FilePlan, writeFile } from './write-file.ts';

/**
 * Writes a SELECT's rows as files of about `fileBytes`. A file that is larger than one and a half times that is split into equal
 * runs of rows, and so is a run that is still too large. The number of files depends only on the rows.
 */
export async function writeFiles(
  connection: DuckDBConnection,
  select: string,
  fileBytes: number,
  plan: FilePlan,
): Promise<WrittenFile[]> {
  const whole = await writeFile(connection, select, plan);
  return whole ? splitFile(connection, whole, fileBytes, plan) : [];
}

async function splitFile(
  connection: DuckDBConnection,
  whole: WrittenFile,
  fileBytes: number,
  plan: FilePlan,
): Promise<WrittenFile[]> {
  const bytes = bytesOfRows(whole);
  if (bytes <= fileBytes * 1.5 || whole.file.rows === 1) return [whole];
  const rows = Math.ceil(whole.file.rows / Math.ceil(bytes / fileBytes));
  const written: WrittenFile[] = [];
  for (let first = 0; first < whole.file.rows; first += rows) {
    const some = `SELECT * FROM read_parquet(${quotePath(whole.stagedPath)}, hive_partitioning = false) LIMIT ${rows} OFFSET ${first}`;
    const piecePlan = { ...plan, stagedPath: `${whole.stagedPath}.${first}` };
    const piece = await writeFile(connection, some, piecePlan);
    if (piece) written.push(...(await splitFile(connection, piece, fileBytes, piecePlan)));
  }
  // Files are named by their content, so of two equal pieces only one could be kept.
  const isDistinct = new Set(written.map(({ file }) => file.path)).size === written.length;
  const unwanted = isDistinct ? [whole] : written;
  for (const { stagedPath } of unwanted) await rm(stagedPath);
  return isDistinct ? written : [whole];
}

/** The bytes that splitting divides. A footer is not smaller for fewer rows. */
const bytesOfRows = ({ file: { bytes, columnBytes } }: WrittenFile): number =>
  columnBytes ? Object.values(columnBytes).reduce((sum, column) => sum + column, 0) : bytes;
