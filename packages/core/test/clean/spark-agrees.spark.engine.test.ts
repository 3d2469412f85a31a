import { useSpark } from '@headwater/local-aws/testing';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  type DataType,
  defineEvents,
  defineLookup,
  lake,
  type RawRecord,
  type TableSchema,
  timestamp,
} from '../../src/index.ts';
import {
  fileSchema,
  sparkCleaningSelect,
  sparkName,
  sparkRawColumns,
  sparkSettings,
  sparkText,
  sparkType,
} from '../../src/internal.ts';
import { edgeColumns, everyTypeTexts, longColumns } from './cases/edge-columns.ts';
import { edgeTables } from './cases/edge-tables.ts';
import { sales, salesRecords } from './cases/sales-source.ts';
import { anyTables } from './engines/any-tables.ts';
import { dirtyRows, rowWith } from './engines/dirty-rows.ts';
import { duckdbOutcomes } from './engines/duckdb-outcomes.ts';
import { differences } from './engines/outcome.ts';
import { recordOutcomes } from './engines/record-outcomes.ts';
import { sparkOutcomes } from './engines/spark-outcomes.ts';
import { everyType } from './every-type.ts';

const settings = Object.entries(sparkSettings).map(([name, { value }]) => [name, value]);
const spark = useSpark(Object.fromEntries(settings));
/** A type that no raw text has, with a name that has to be quoted. */
const nested: DataType = {
  kind: 'list',
  element: {
    kind: 'struct',
    fields: [
      { name: 'sku', type: { kind: 'decimal', precision: 38, scale: 10 }, nullable: false },
      { name: 'of', type: { kind: 'map', value: { kind: 'timestamp' } }, nullable: true },
    ],
  },
};

const seed = Number(process.env['FUZZ_SEED'] ?? 20191001);

/** The rows on which the three engines differ, with the definition. */
async function disagreements(schema: TableSchema, records: readonly RawRecord[]): Promise<object[]> {
  const found = differences(schema, records, {
    record: recordOutcomes(schema, records),
    duckdb: await duckdbOutcomes(schema, records),
    spark: await sparkOutcomes(spark, schema, records),
  });
  return found.map((difference) => ({ ...difference, columns: schema.columns }));
}

/**
 * Without generated Java, an expression is evaluated by the code that Spark falls back to for expressions that are too large. It starts
 * faster, so it is used for many definitions of few rows.
 */
async function withoutCodegen(run: () => Promise<void>): Promise<void> {
  await spark.run('SET spark.sql.codegen.factoryMode = NO_CODEGEN');
  await spark.run('SET spark.sql.codegen.wholeStage = false');
  try {
    await run();
  } finally {
    await spark.run('SET spark.sql.codegen.factoryMode = FALLBACK');
    await spark.run('SET spark.sql.codegen.wholeStage = true');
  }
}

test('the record function, DuckDB and Spark agree on dirty rows, value by value and code by code', async () => {
  const records = dirtyRows(Number(process.env['HEADWATER_SPARK_ROWS'] ?? 20_000), seed);
  expect(await disagreements(everyType.schema, records)).toEqual([]);
});

test('they agree on every text that is spelled for a test, in every column', async () => {
  const records = everyTypeTexts.map(([name, text]) => rowWith({ [name]: text }));
  expect(await disagreements(everyType.schema, records)).toEqual([]);
});

test('they agree on every hand-written edge', async () => {
  await withoutCodegen(async () => {
    for (const { schema, records } of edgeTables(edgeColumns, 25))
      expect(await disagreements(schema, records)).toEqual([]);
  });
});

test('they agree on texts as long as a line may be', async () => {
  for (const { schema, records } of edgeTables(longColumns, 25))
    expect((await disagreements(schema, records)).length).toBe(0);
});

test('the record function and Spark agree on a source with constants and conditions', async () => {
  const { schema } = sales;
  const source = 'till';
  const outcomes = {
    record: recordOutcomes(schema, salesRecords, { source }),
    spark: await sparkOutcomes(spark, fileSchema(schema, source), salesRecords),
  };
  expect(differences(schema, salesRecords, outcomes)).toEqual([]);
  const filtered = outcomes.record.filter((outcome) => outcome.filtered).length;
  expect(filtered).toBeGreaterThan(100);
  expect(outcomes.record.length - filtered).toBeGreaterThan(50);
});

test('they agree on any definition', async () => {
  const count = Number(process.env['HEADWATER_SPARK_TABLES'] ?? 8);
  await withoutCodegen(async () => {
    for (const { schema, records } of anyTables(count, seed, { columns: 12, texts: 40 }))
      expect(await disagreements(schema, records)).toEqual([]);
  });
});

test('a value has the type of its column, and a literal is the text that it was made of', async () => {
  const types = [...everyType.schema.columns.map(({ type }) => sparkType(type)), sparkType(nested)];
  const literals = [
    "it's",
    "a''b",
    '\\',
    '\\n',
    '\n',
    '\t',
    '%',
    '\\%',
    '"',
    '`',
    '😀',
    '\u00a0\ufeff',
    `$\{env:HOME}`,
    '$',
    '--',
    '/* */',
  ];
  const items = [...types.map((type) => `CAST(NULL AS ${type})`), ...literals.map(sparkText)];
  const { columns, rows } = await spark.run(
    `SELECT ${items.map((sql, index) => `${sql} AS ${sparkName(`\`${index}`)}`).join(', ')}`,
  );
  expect(columns.map(([name]) => name)).toEqual(items.map((_item, index) => `\`${index}`));
  const plain = (type: string): string => type.replace(/[\s`]/g, '').toLowerCase();
  expect(columns.slice(0, types.length).map(([, type]) => type)).toEqual(types.map(plain));
  expect(rows[0]?.slice(types.length)).toEqual(literals);
});

test('broken rows have the reasons that they came with, and refused ones those of their lookups as well', async () => {
  const pages = defineLookup('pages', { key: 'page', columns: { title: z.string() }, none: 'refuse' });
  const { schema } = defineEvents('views', {
    columns: {
      at: timestamp(),
      page: z.int32(),
      title: z.string().max(9).register(lake, { lookup: 'pages.title' }),
    },
    roles: { time: 'at' },
    lookups: { pages: { table: pages, on: 'page' } },
  });
  const file = fileSchema(schema, undefined);
  const broken = '[{"column":null,"code":"too_few_fields"}]';
  const unmatched = '[{"column":"page","code":"no_match"}]';
  const at = '2026-01-01 00:00:00';
  const raw = {
    columns: sparkRawColumns(file),
    rows: [
      ['0', '0', 'a line', broken, null, null, null, null],
      ['0', '1', 'a line', null, unmatched, at, '7', null],
      ['0', '2', 'a line', null, unmatched, 'x', '7', null],
      ['0', '3', 'a line', null, null, at, '8', 'home'],
      ['0', '4', 'a line', null, null, at, '8', 'not a title'],
    ],
  };
  const select = sparkCleaningSelect(file, 'raw');
  const { rows } = await spark.run(`SELECT reasons, v2 FROM (${select}) ORDER BY place`, { raw });
  expect(rows).toEqual([
    [broken, null],
    [unmatched, null],
    ['[{"column":"at","code":"not_a_timestamp"},{"column":"page","code":"no_match"}]', null],
    ['[]', 'home'],
    ['[{"column":"title","code":"too_long"}]', null],
  ]);
});

test('a text that is too long for a pattern with a repeated group is an error that says so', async () => {
  for (const { schema } of edgeTables(longColumns.slice(0, 1), 1)) {
    const records = [{ at: '2026-01-01 00:00:00', c0: 'ab'.repeat(5001) }];
    await expect(sparkOutcomes(spark, schema, records)).rejects.toThrow(
      'cannot match the pattern ^(a|b|é)*$',
    );
  }
});

test('a condition on the result stays above the cleaning, and no expression is computed twice', async () => {
  const { schema } = everyType;
  const select = sparkCleaningSelect(schema, 'raw');
  const values = schema.columns.map((_column, index) => `v${index}`).join(', ');
  await spark.run('SET spark.sql.debug.maxToStringFields = 100000');
  const { rows } = await spark.run(
    `EXPLAIN SELECT ${values} FROM (${select}) WHERE size(reasons) = 0 AND NOT filtered`,
    { raw: { columns: sparkRawColumns(schema), rows: [] } },
  );
  const plan = rows.flat().join('');
  const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  for (const [inSql, inPlan] of [
    [/[^r]trim\(BOTH/g, /[^r]trim\(cells/g],
    [/regexp_replace\(/g, /regexp_replace\(/g],
    [/ RLIKE /g, /RLIKE\(/g],
    [/make_date\(/g, /make_date\(/g],
  ] as const) {
    const once = count(select, inSql);
    expect(once, inSql.source).toBeGreaterThan(10);
    expect(count(plan, inPlan), inPlan.source).toBe(once);
  }
});
