import { rm } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { quotePath } from '@headwater/core/internal';
import type { WrittenFile } from '../../lake/written-file.ts';
import { type FilePlan, writeFile } from './write-file.ts';

/**
 * Writes a SELECT's rows as files of about `fileBytes`: one, or equal runs of rows where one came out larger than one and
 * a half times that, and so on with a run that holds the large rows. How many follows from the bytes, so from the rows alone.
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
  // Files are named by their content: of pieces that are alike only one could be kept.
  const isDistinct = new Set(written.map(({ file }) => file.path)).size === written.length;
  const unwanted = isDistinct ? [whole] : written;
  for (const { stagedPath } of unwanted) await rm(stagedPath);
  return isDistinct ? written : [whole];
}

/** What splitting divides: a footer is no smaller for fewer rows. */
const bytesOfRows = ({ file: { bytes, columnBytes } }: WrittenFile): number =>
  columnBytes ? Object.values(columnBytes).reduce((sum, column) => sum + column, 0) : bytes;
