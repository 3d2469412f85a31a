import type { TableSchema } from '@headwater/core';
import { type DataFile, duckdbType, isKeyAcrossFolders, quoteText } from '@headwater/core/internal';
import { countOf, rowsOf } from '../../engine/duckdb-session.ts';
import { stagedName } from '../staged-name.ts';
import { committedRows } from './committed-rows.ts';
import type { DuckdbRun } from './duckdb-engine.ts';
import { committedOrder, orderColumn, replacesSql, sameKey, stagedKey, stagedOrder } from './event-order.ts';
import { rowHashes, stage } from './staging-table.ts';

/** Files whose keys are compared at the same time: what a run has to hold on this machine is bounded by it. */
const batch = { files: 500, bytes: 2_000_000_000 };

/** The duplicates that were settled before the folders are written. */
export interface AcrossFolders {
  /** Rows dropped as duplicates, by input. */
  readonly duplicates: ReadonlyMap<number, number>;
  /** Folders with rows in the lake that a new row replaces. */
  readonly losing: ReadonlySet<string>;
}

/** Keys in the lake whose row is replaced, by folder. */
export const replacedKeys = 'replaced_keys';

/**
 * Settles duplicates whose rows may be in different folders, because the key lacks the time or a partition column. The keys
 * of new rows are compared with the key columns of all committed files (only those of the same days when the key holds the
 * time), a batch of files at a time. That is exact. It reads those columns of the whole table with every load, and on S3 it
 * downloads the files. Dropped rows lose their day in the staging table, so that no folder takes them.
 *
 * @param files all committed files
 */
export async function settleAcrossFolders(
  run: DuckdbRun,
  files: readonly DataFile[],
): Promise<AcrossFolders> {
  const { connection, schema } = run;
  if (!isKeyAcrossFolders(schema)) return { duplicates: new Map(), losing: new Set() };
  const key = stagedKey(schema);
  const columns = [...new Set([...key.split(', '), ...(orderColumn(schema) ?? key).split(', ')])];
  await connection.run(`
    CREATE TABLE new_events AS
      SELECT DISTINCT ON (${key}) rowid AS place, input, ${columns.join(', ')}
      FROM ${stage} WHERE rejection IS NULL ORDER BY ${stagedOrder(schema, 'rowid')};
    CREATE TABLE lake_events (folder VARCHAR, ${columns.map((name) => `${name} ${typeOf(schema, name)}`).join(', ')});`);
  for (const some of batches(await relevantFiles(run, files))) {
    await run.fetch(some);
    const places = some.map((file) => `(${quoteText(run.localPath(file))}, ${quoteText(folderOf(file))})`);
    await connection.run(`INSERT INTO lake_events SELECT folder, ${columns.join(', ')}
      FROM (${committedRows(schema, some.map(run.localPath), { withFile: true })}) c
      JOIN (VALUES ${places.join(', ')}) places(file, folder) USING (file)
      SEMI JOIN new_events n ON ${sameKey(schema, 'c', 'n')}`);
    await run.trimCache();
  }
  await connection.run(`
    CREATE TABLE outcomes AS
      SELECT n.place, n.input, c.folder, ${columns.map((name) => `n.${name}`).join(', ')},
        c.folder IS NULL OR ${replacesSql(schema, 'n', 'c')} AS stays
      FROM new_events n LEFT JOIN (
        SELECT DISTINCT ON (${key}) * FROM lake_events ORDER BY ${committedOrder(schema, 'folder')}
      ) c ON ${sameKey(schema, 'n', 'c')};
    CREATE TABLE ${replacedKeys} AS SELECT folder, ${key} FROM outcomes WHERE stays AND folder IS NOT NULL;
    UPDATE ${stage} SET dt = NULL WHERE dt IS NOT NULL AND rowid NOT IN (SELECT place FROM outcomes WHERE stays);`);
  const lost = await rowsOf(
    connection,
    `SELECT input, sum(rows)::BIGINT AS rows FROM (
      SELECT input, count(*) AS rows FROM ${stage} WHERE rejection IS NULL GROUP BY input
      UNION ALL SELECT input, count(folder) - count(*) AS rows FROM outcomes WHERE stays GROUP BY input)
    GROUP BY input HAVING sum(rows) > 0`,
  );
  const folders = await rowsOf(connection, `SELECT DISTINCT folder FROM ${replacedKeys}`);
  return {
    duplicates: new Map(lost.map((row) => [Number(row['input']), countOf(row['rows'])])),
    losing: new Set(folders.map(({ folder }) => String(folder))),
  };
}

/** A SELECT of a folder's committed rows without those that new rows replace, one for one. */
export function withoutReplaced(schema: TableSchema, folder: string, rows: string): string {
  const columns = [
    ...schema.columns.map((_, index) => `v${index}`),
    ...rowHashes(schema).map(({ name }) => name),
    'input',
  ].join(', ');
  return `SELECT ${columns} FROM (
    SELECT c.*, r.folder IS NOT NULL AS is_replaced,
      row_number() OVER (PARTITION BY ${stagedKey(schema)
        .split(', ')
        .map((name) => `c.${name}`)
        .join(
          ', ',
        )} ORDER BY ${committedOrder(schema, schema.columns.map((_, index) => `c.v${index}`).join(', '))}) AS nth
    FROM (${rows}) c LEFT JOIN (SELECT * FROM ${replacedKeys} WHERE folder = ${quoteText(folder)}) r
      ON ${sameKey(schema, 'c', 'r')})
    WHERE NOT (is_replaced AND nth = 1)`;
}

/** When the key holds the time, rows of one event are on one day. */
async function relevantFiles(
  { connection, schema }: DuckdbRun,
  files: readonly DataFile[],
): Promise<readonly DataFile[]> {
  if (!schema.duplicateKey.includes(schema.partitioning.time)) return files;
  const found = await rowsOf(
    connection,
    `SELECT DISTINCT dt::VARCHAR AS day FROM ${stage} WHERE dt IS NOT NULL`,
  );
  const days = new Set(found.map(({ day }) => String(day)));
  return files.filter(({ day }) => days.has(day));
}

function batches(files: readonly DataFile[]): DataFile[][] {
  const found: DataFile[][] = [];
  let current: DataFile[] = [];
  let bytes = 0;
  for (const file of files) {
    if (current.length > 0 && (current.length === batch.files || bytes + file.bytes > batch.bytes)) {
      found.push(current);
      current = [];
      bytes = 0;
    }
    current.push(file);
    bytes += file.bytes;
  }
  return current.length > 0 ? [...found, current] : found;
}

const folderOf = ({ path }: DataFile): string => path.slice(0, path.lastIndexOf('/'));

function typeOf(schema: TableSchema, staged: string): string {
  const column = schema.columns.find(({ name }) => stagedName(schema, name) === staged);
  return column ? duckdbType(column.type) : 'VARCHAR';
}
