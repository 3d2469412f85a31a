import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { forgetActors, loadEvents, verifyLake } from '@headwater/etl';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { simulateToFile } from '@headwater/simulator';
import { openLakeStore } from '@headwater/storage';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clickstream } from '../src/template/clickstream.ts';
import { compressors } from './zstd.ts';

// Small by default; HEADWATER_FORGET_ROWS=1000000 is the whole of it.
const rows = Number(process.env['HEADWATER_FORGET_ROWS'] ?? 50_000);

const aws = useAwsSandbox('forget-million');
const roots = [clickstream.name, `${clickstream.name}__quarantine`, '_headwater'];
let folder = '';
let input = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headwater-forget-million-'));
  input = join(folder, 'raw.csv');
  await simulateToFile({ events: rows, days: 30, start: '2019-10-01', dirty: 0.02, seed: 7, out: input });
}, 600_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson() as Record<string, unknown>[];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** The files of a folder of a lake, as SQL. */
const filesOf = (lake: string, table: string): string =>
  `read_parquet('${lake}/${table}/*/*.parquet', hive_partitioning = false)`;

/** A folder with every file of a lake: the lake itself, or a copy of each object on S3. */
async function everyFile(lake: string, name: string): Promise<string> {
  const store = openLakeStore(lake);
  if (store.kind === 'folder') return lake;
  const copy = join(folder, name);
  for (const root of roots)
    for await (const { path } of store.walk(root)) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of store.read(path)) chunks.push(chunk);
      await mkdir(dirname(join(copy, path)), { recursive: true });
      await writeFile(join(copy, path), Buffer.concat(chunks));
    }
  return copy;
}

/** Count and hash of the multiset of the rows that are not of the actors, in lake and quarantine. */
async function others(lake: string, ids: readonly string[], isErased: boolean): Promise<unknown> {
  const rest = (where: string, table: string) =>
    query(
      `SELECT count(*)::VARCHAR AS rows, sum(hash(t)::HUGEINT)::VARCHAR AS sum, bit_xor(hash(t))::VARCHAR AS xor
       FROM ${filesOf(lake, table)} t ${isErased ? '' : `WHERE ${where}`}`,
    );
  const list = ids.map((id) => `'${id}'`).join(', ');
  // The simulator's rejected rows hold the id nowhere but in its field, or are cut lines that have it as a word.
  const named = ids.map((id) => `regexp_matches(raw, '(^|[^0-9A-Za-z])${id}($|[^0-9A-Za-z])')`).join(' OR ');
  return [
    await rest(`user_id::VARCHAR NOT IN (${list})`, clickstream.name),
    await rest(
      `NOT coalesce(CASE WHEN TRY_CAST(trim(record['user_id']) AS BIGINT) IS NOT NULL THEN trim(record['user_id']) IN (${list}) ELSE ${named} END, false)`,
      `${clickstream.name}__quarantine`,
    ),
  ];
}

/** The files below a folder that hold one of the ids: in their bytes, and in the values that another reader than the engine decodes. */
async function holding(place: string, ids: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const entries = await readdir(place, { recursive: true, withFileTypes: true }).catch(() => []);
  const isIn = (value: unknown): boolean =>
    typeof value === 'object' && value !== null && !(value instanceof Date)
      ? Object.values(value).some(isIn)
      : ids.some((id) => String(value).includes(id));
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    let isHolding = ids.some((id) => bytes.includes(id));
    if (!isHolding && bytes.subarray(0, 4).toString() === 'PAR1') {
      const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
      isHolding = (await parquetReadObjects({ file, compressors })).some(isIn);
    }
    if (isHolding) found.push(path);
  }
  return found;
}

it.each(['folder', 's3'])(
  `of ${rows} simulated events in a lake (%s) none of erased actors is left, and all others are unchanged`,
  async (kind) => {
    const lake = kind === 's3' ? aws.location : join(folder, 'lake');
    const workFolder = join(folder, `work-${kind}`);
    const answers = join(folder, `answers-${kind}`);
    await loadEvents({ table: clickstream, lake, inputs: [input], workFolder });
    const before = await everyFile(lake, 'before');
    const busy = await query(
      `SELECT user_id::VARCHAR AS id, count(*)::INTEGER AS rows FROM ${filesOf(before, clickstream.name)} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 3`,
    );
    // An actor of rejected rows too.
    const [rejected] = await query(
      `SELECT trim(record['user_id']) AS id FROM ${filesOf(before, `${clickstream.name}__quarantine`)}
       WHERE length(TRY_CAST(trim(record['user_id']) AS BIGINT)::VARCHAR) >= 8 ORDER BY 1 LIMIT 1`,
    );
    const ids = [...new Set([...busy.map(({ id }) => String(id)), String(rejected?.['id'])])];
    expect((await holding(before, ids)).length).toBeGreaterThan(10);
    const expected = await others(before, ids, false);
    await mkdir(answers);
    await writeFile(join(answers, 'f'.repeat(64)), ids.join());

    const receipt = await forgetActors({
      ...{ table: clickstream, lake, actors: ids, workFolder, answerFolders: [answers] },
      leftoverGraceSeconds: 0,
    });
    const { seconds, files, quarantined } = receipt;
    console.info(
      `${kind}: ${receipt.rows} rows on ${receipt.days} days, ${quarantined.byActor} + ${quarantined.byText} quarantined, ` +
        `${files.removed} of ${files.searched} files replaced, ${receipt.commits.length} commits, ${seconds.toFixed(1)} s`,
    );
    expect(receipt.rows).toBeGreaterThanOrEqual(busy.reduce((sum, one) => sum + Number(one['rows']), 0));
    expect(quarantined.byActor).toBeGreaterThan(0);
    expect(receipt.unsettled).toEqual([]);
    const after = await everyFile(lake, 'after');
    for (const place of [after, workFolder, answers]) expect(await holding(place, ids)).toEqual([]);
    expect(await others(after, ids, true)).toEqual(expected);
    expect(await verifyLake({ table: clickstream, lake })).toMatchObject({ ok: true, leftovers: [] });
  },
  3_600_000,
);
