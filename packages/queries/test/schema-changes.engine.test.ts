import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GlueClient } from '@aws-sdk/client-glue';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  assessSchemas,
  awsTarget,
  type EventsTable,
  isHeadwaterError,
  type TableSchema,
} from '@headwater/core';
import { readName, trinoType } from '@headwater/core/internal';
import { loadEvents } from '@headwater/etl';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { publishSchema } from '@headwater/publish';
import { closeLake, createLake, type LakeEngine, tableOf as lakeTableOf } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { trinoEngine } from '@headwater/queries/trino';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { type ChangeCase, changeCases, rowAfter, rowsBefore, tableOf } from './support/schema-changes.ts';

const aws = useAwsSandbox('schema-changes');
const s3 = new S3Client();
const glue = new GlueClient();
afterAll(() => {
  s3.destroy();
  glue.destroy();
});
const target = awsTarget({
  region: 'us-east-1',
  account: '123456789012',
  database: aws.database,
  location: aws.location,
  firstDay: '2019-10-01',
  registry: aws.database,
  workgroup: aws.database,
});
const trino = trinoEngine({ url: aws.endpoints.trino, catalog: 'awsdatacatalog', schema: aws.database });

/** Loads rows of raw text under a definition; `allow` is what is refused without. */
async function load(
  table: EventsTable,
  lake: string,
  rows: readonly Readonly<Record<string, string>>[],
  allow: readonly string[] = [],
): Promise<void> {
  const names = table.schema.columns.map(({ name }) => name);
  const lines = rows.map((row) => names.map((name) => row[name] ?? '').join(','));
  const input = join(lake, '..', `raw-${Math.random()}.csv`);
  await writeFile(input, `${[names.join(','), ...lines].join('\n')}\n`);
  await loadEvents({ table, lake, inputs: [input], allow, maxQuarantine: 0 });
}

async function upload(folder: string): Promise<void> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    const Key = `lake${path.slice(folder.length)}`;
    await s3.send(new PutObjectCommand({ Bucket: aws.bucket, Key, Body: createReadStream(path) }));
  }
}

/** Whether a column of a relation reads as it has to, over old and new files, and in a condition. */
async function readsRight(
  engine: LakeEngine,
  schema: TableSchema,
  relation: string,
  change: ChangeCase,
): Promise<boolean> {
  const session = engine.open([schema]);
  const type = schema.columns.find(({ name }) => name === change.column)?.type;
  const day = (date: string): string => (engine.name === 'duckdb' ? `DATE '${date}'` : `'${date}'`);
  const days = `dt BETWEEN ${day('2019-10-01')} AND ${day('2019-10-02')}`;
  const ask = async (sql: string): Promise<unknown[]> => {
    const answers: unknown[] = [];
    for await (const batch of (await session.readOnly(sql)).batches())
      answers.push(...batch.map((row) => row['v']));
    return answers;
  };
  try {
    const values = await ask(
      `SELECT CAST(${change.column} AS varchar) AS v FROM ${relation} WHERE ${days} ORDER BY "at"`,
    );
    // Trino spells a double 7E0 where DuckDB says 7.0.
    const plain = values.map((value) => (type?.kind === 'double' ? Number(value).toFixed(1) : value));
    if (JSON.stringify(plain) !== JSON.stringify([...change.before, change.after])) return false;
    const [first] = change.before;
    if (first === null || first === undefined || !type) return true;
    const literal = `CAST('${first.replaceAll("'", "''")}' AS ${trinoType(type)})`;
    const [found] = await ask(
      `SELECT CAST(count(*) AS varchar) AS v FROM ${relation} WHERE ${days} AND ${change.column} = ${literal}`,
    );
    return Number(found) >= 1;
  } catch (error) {
    if (isHeadwaterError(error, 'QUERY_FAILED') || isHeadwaterError(error, 'PARTITIONING_CHANGED'))
      return false;
    throw error;
  } finally {
    await session.close();
  }
}

/** What a query of the library reads, on Trino or of a local lake. */
async function typedRead(table: EventsTable, column: string, local?: string): Promise<unknown> {
  const lake = createLake({
    tables: [table],
    engine: local === undefined ? trino : duckdbEngine({ lake: local, threads: 1 }),
  });
  try {
    const query = lakeTableOf(lake, table.name).between('2019-10-01', '2019-10-02');
    return await query
      .select(['at', column] as never)
      .orderBy('at' as never)
      .execute();
  } finally {
    await closeLake(lake);
  }
}

describe('a change, its verdict, and what reading old files shows', () => {
  it.each(changeCases.map((change, index) => [change.what, change, `c${index}`] as const))(
    '%s',
    async (_what, change, name) => {
      const [before, after] = [tableOf(name), tableOf(name, change.columns, change.rest)];
      const { changes } = assessSchemas({ version: '1.0.0', schema: before.schema }, after.schema);
      expect(changes.map(({ id }) => id)).toEqual(change.ids);
      const worst = (engine: 'duckdb' | 'trino'): string => {
        const found = changes.map(({ verdicts }) => verdicts[engine].verdict);
        return (
          (['incompatible', 'compatible-with-view'] as const).find((one) => found.includes(one)) ??
          'compatible'
        );
      };

      const folder = await mkdtemp(join(tmpdir(), 'headwater-changes-'));
      onTestFinished(() => rm(folder, { recursive: true, force: true }));
      const lake = join(folder, 'lake');
      await load(before, lake, rowsBefore);
      const row = { ...rowAfter, ...change.row };
      // What is incompatible or destructive is refused by the lake itself unless it is allowed.
      const refused = worst('duckdb') === 'incompatible' || changes.some(({ destructive }) => destructive);
      const isCut = change.ids.includes('change-partitioning');
      const loading = load(after, lake, [row]);
      if (refused && !change.ids.every((id) => /^change-(pii|duplicate-key)/.test(id)))
        await expect(loading).rejects.toMatchObject({
          code: isCut ? 'PARTITIONING_CHANGED' : 'SCHEMA_INCOMPATIBLE',
        });
      else await loading;
      // Allowed, it loads; what was loaded already is skipped. Other folders are of another lake.
      const later = isCut ? join(folder, 'later') : lake;
      await load(after, later, [row], change.ids);

      const local = await readsRight(duckdbEngine({ lake, threads: 1 }), after.schema, name, change);
      const isOnlyRefused = changes.some(({ case: rule }) =>
        ['string-to-enum', 'remove-enum-value'].includes(rule),
      );
      expect(local, 'DuckDB').toBe(worst('duckdb') !== 'incompatible' || isOnlyRefused);

      await upload(lake);
      if (isCut) await upload(later);
      const publish = { target, folder: join(folder, 'schema'), client: glue, allow: change.ids };
      await publishSchema({ ...publish, schema: before.schema });
      await publishSchema({ ...publish, schema: after.schema });
      const table = await readsRight(trino, after.schema, name, change);
      expect(table, 'Trino, the table').toBe(worst('trino') === 'compatible');
      if (worst('trino') !== 'compatible-with-view') return;
      expect(await readsRight(trino, after.schema, readName(after.schema), change), 'Trino, the view').toBe(
        true,
      );
      expect(await typedRead(after, change.column), 'Trino, a typed query').toEqual(
        await typedRead(after, change.column, lake),
      );
    },
  );
});
