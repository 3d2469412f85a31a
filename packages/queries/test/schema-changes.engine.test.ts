import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { GlueClient } from '@aws-sdk/client-glue';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DuckDBInstance } from '@duckdb/node-api';
import {
  assessSchemas,
  awsTarget,
  type EventsTable,
  isHeadwaterError,
  type TableSchema,
} from '@headwater/core';
import { readLakeState, readName, trinoType } from '@headwater/core/internal';
import { compactLake, loadEvents } from '@headwater/etl';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { publishSchema } from '@headwater/publish';
import {
  closeLake,
  createLake,
  estimateScan,
  type LakeEngine,
  tableOf as lakeTableOf,
} from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { trinoEngine } from '@headwater/queries/trino';
import { openLakeStore } from '@headwater/storage';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { deriveTableView } from '../src/engines/duckdb/table-view.ts';
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
const place = { url: aws.endpoints.trino, catalog: 'awsdatacatalog', schema: aws.database };
const trino = trinoEngine(place);
/** The same, with the lake's address. */
const guarded = trinoEngine({ ...place, lake: aws.location });

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

/** Runs a statement that gives one column, `v`. */
type Ask = (sql: string) => Promise<unknown[]>;

/** Trino as it is: without the lake's address, nothing is compared with the files. */
const askTrino =
  (schema: TableSchema): Ask =>
  async (sql) => {
    const session = trino.open([schema]);
    try {
      const answers: unknown[] = [];
      for await (const batch of (await session.readOnly({ sql, parameters: [] })).batches())
        answers.push(...batch.map((row) => row['v']));
      return answers;
    } finally {
      await session.close();
    }
  };

/** DuckDB over the view that queries read, whether or not the files fit the definition. */
const askDuckdb =
  (schema: TableSchema, lake: string): Ask =>
  async (sql) => {
    const state = await readLakeState(openLakeStore(lake), schema.name);
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const connection = await instance.connect();
    try {
      await connection.run(deriveTableView(schema, state, resolve(lake)));
      return (await connection.runAndReadAll(sql)).getRowsJson().map(([value]) => value);
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  };

/** What engines say of a value that they cannot read as a column's type. */
const unreadable = /^(Conversion|Binder|Invalid Input) Error/;

/** Whether a column of a relation reads as it has to, over old and new files, and in a condition. */
async function readsRight(
  ask: Ask,
  schema: TableSchema,
  relation: string,
  change: ChangeCase,
): Promise<boolean> {
  const type = schema.columns.find(({ name }) => name === change.column)?.type;
  const days = `CAST(dt AS varchar) BETWEEN '2019-10-01' AND '2019-10-02'`;
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
    if (isHeadwaterError(error, 'QUERY_FAILED')) return false;
    if (error instanceof Error && unreadable.test(error.message)) return false;
    throw error;
  }
}

/** What a query of the library reads. */
async function typedRead(engine: LakeEngine, table: EventsTable, column: string): Promise<unknown> {
  const lake = createLake({ tables: [table], engine });
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

/** Whether a query is refused because the files do not fit the definition. */
const isRefused = (answer: Promise<unknown>): Promise<boolean> =>
  answer.then(
    () => false,
    (error: unknown) => {
      if (isHeadwaterError(error, 'QUERY_FAILED')) return false;
      if (isHeadwaterError(error, 'SCHEMA_INCOMPATIBLE') || isHeadwaterError(error, 'PARTITIONING_CHANGED'))
        return true;
      throw error;
    },
  );

/** Whether a query, and a statement that a person writes over the table itself, are refused. Nothing is run. */
async function refusals(engine: LakeEngine, table: EventsTable): Promise<[query: boolean, text: boolean]> {
  const lake = createLake({ tables: [table], engine });
  try {
    const query = lakeTableOf(lake, table.name).unboundedScan().selectAll();
    return [
      await isRefused(estimateScan(lake, query)),
      await isRefused(estimateScan(lake, `SELECT count(*) AS n FROM ${table.name}`)),
    ];
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
      const hasCase = (...cases: string[]): boolean => changes.some(({ case: rule }) => cases.includes(rule));
      const isCut = change.ids.includes('change-partitioning');
      // The engine reads what is stored, and the definition says that it cannot be there.
      const holdsOtherTexts = hasCase('string-to-checked-text', 'remove-enum-value');
      const isUndeclared = hasCase('add-optional-column') && hasCase('drop-optional-column');
      const holdsNull = isUndeclared || hasCase('add-required-column', 'make-required');

      const folder = await mkdtemp(join(tmpdir(), 'headwater-changes-'));
      onTestFinished(() => rm(folder, { recursive: true, force: true }));
      const lake = join(folder, 'lake');
      const local = duckdbEngine({ lake, threads: 1 });
      await load(before, lake, rowsBefore);
      await upload(lake);
      // Before anything is allowed, a reader is refused what its engine reads wrongly, and what the definition rules out.
      for (const [engine, reader] of [
        ['duckdb', local],
        ['trino', guarded],
      ] as const) {
        const isWrong = worst(engine) === 'incompatible' || holdsOtherTexts || isUndeclared;
        const isBesideView = engine === 'trino' && worst('trino') === 'compatible-with-view';
        expect(await refusals(reader, after), engine).toEqual([isWrong, isWrong || isBesideView]);
      }

      const row = { ...rowAfter, ...change.row };
      // What is incompatible or destructive is refused by the lake itself unless it is allowed.
      const refused = worst('duckdb') === 'incompatible' || changes.some(({ destructive }) => destructive);
      const loading = load(after, lake, [row]);
      if (refused && !change.ids.every((id) => /^change-(pii|duplicate-key)/.test(id)))
        await expect(loading).rejects.toMatchObject({
          code: isCut ? 'PARTITIONING_CHANGED' : 'SCHEMA_INCOMPATIBLE',
        });
      else await loading;
      // Allowed, it loads; what was loaded already is skipped. Other folders are of another lake.
      const later = isCut ? join(folder, 'later') : lake;
      await load(after, later, [row], change.ids);

      const isRight = await readsRight(askDuckdb(after.schema, lake), after.schema, name, change);
      expect(isRight, 'DuckDB').toBe(
        (worst('duckdb') !== 'incompatible' || holdsOtherTexts) && !isUndeclared,
      );
      expect(await isRefused(typedRead(local, after, change.column)), 'DuckDB, what was allowed').toBe(
        !isRight && !holdsNull,
      );

      await upload(lake);
      if (isCut) await upload(later);
      const publish = { target, folder: join(folder, 'schema'), client: glue };
      await publishSchema({ ...publish, schema: before.schema });
      await publishSchema({ ...publish, schema: after.schema, allow: change.ids });
      const ask = askTrino(after.schema);
      const isTableRight = await readsRight(ask, after.schema, name, change);
      expect(isTableRight, 'Trino, the table').toBe(worst('trino') === 'compatible' && !isUndeclared);
      const isViewed = worst('trino') === 'compatible-with-view';
      const view = readName(after.schema);
      if (isViewed) {
        expect(await readsRight(ask, after.schema, view, change), 'Trino, the view').toBe(true);
        expect(await typedRead(trino, after, change.column), 'Trino, a typed query').toEqual(
          await typedRead(local, after, change.column),
        );
      }
      // The manifests of two lakes in one place are those of the later one.
      if (isCut) return;
      const [, isText] = await refusals(guarded, after);
      expect(isText, 'Trino, sql on the table').toBe(!isTableRight && !holdsNull);
      const isTyped = await isRefused(typedRead(guarded, after, change.column));
      expect(isTyped, 'Trino, what was allowed').toBe(!isTableRight && !isViewed && !holdsNull);
      if (!isTyped || !isRight) return;
      // What one engine misreads is rewritten for all.
      await compactLake({ table: after, lake: aws.location, workFolder: join(folder, 'work') });
      expect(await typedRead(guarded, after, change.column), 'Trino, rewritten').toEqual(
        await typedRead(local, after, change.column),
      );
      expect(await readsRight(ask, after.schema, name, change), 'Trino, rewritten').toBe(true);
    },
  );
});
