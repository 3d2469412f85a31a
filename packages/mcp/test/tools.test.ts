import { ScanBudget } from '@headwater/mcp';
import { closeLake, metricsOf, namedMetricQuery, tableOf } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import type { Client } from '@modelcontextprotocol/client';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, connected, failure } from './support/call.ts';
import { type MarketLake, marketLake, openMarket } from './support/market.ts';

const days = ['2024-03-03', '2024-03-04', '2024-03-05'];
const range = { from: '2024-03-03', to: '2024-03-05' };
const wide = () => new ScanBudget({ perCall: '1 GB', perSession: '10 GB' });
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const compiled = (schema: object | undefined) => ajv.compile(schema ?? {});

let made: MarketLake;
let lake: ReturnType<typeof openMarket>;
let client: Client;

beforeAll(async () => {
  made = await marketLake();
  await made.load(days, 40);
  lake = openMarket(duckdbEngine({ lake: made.folder, threads: 2 }));
  client = await connected({ lake, table: 'market', budget: wide() });
});
afterAll(async () => {
  await client.close();
  await closeLake(lake);
  await made.remove();
});

describe('the tools', () => {
  it('are five, only read, and have schemas that compile', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'list_metrics',
      'describe_metric',
      'compile',
      'query_metric',
      'status',
    ]);
    for (const tool of tools) {
      expect(tool.annotations).toMatchObject({
        readOnlyHint: true,
        destructiveHint: false,
        openWorldHint: false,
      });
      expect(tool.inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
      compiled(tool.inputSchema);
      compiled(tool.outputSchema);
    }
    // An agent reads this before its first question.
    expect(JSON.stringify(tools).length).toBeLessThan(60_000);
  });

  it('list every metric, and what the table lacks', async () => {
    const { metrics } = await ask(client, 'list_metrics');
    const listed = metrics as readonly { name: string; isAnswerable: boolean; problem?: string }[];
    expect(listed.map(({ name }) => name)).toEqual(Object.keys(metricsOf(lake)));
    const lacking = listed.filter(({ isAnswerable }) => !isAnswerable);
    expect(lacking.map(({ name }) => name)).toEqual(['top-categories']);
    expect(lacking[0]?.problem).toContain('category');
  });

  it('take parameters as their metric declares them, columns and filters as the table does', async () => {
    const described = await ask(client, 'describe_metric', {
      metric: 'revenue',
      parameters: { by: 'brand' },
    });
    expect(described).toMatchObject({
      name: 'revenue',
      parameters: { required: ['from', 'to'], additionalProperties: false },
      where: { additionalProperties: false },
      masked: [],
    });
    const { parameters, where } = described as {
      parameters: { properties: { by: { enum: string[] } } };
      where: { properties: object };
    };
    expect(parameters.properties.by.enum).toContain('shop');
    expect(parameters.properties.by.enum).not.toContain('email');
    // Not those of personal data.
    expect(Object.keys(where.properties)).toEqual(['event_type', 'product_id', 'brand', 'session', 'shop']);
  });

  it('answer what the library answers, in rows of the described form', async () => {
    const { tools } = await client.listTools();
    const asking = tools.find(({ name }) => name === 'query_metric');
    const isOutput = compiled(asking?.outputSchema);
    const isInput = compiled(asking?.inputSchema);
    const own: Readonly<Record<string, object>> = { funnel: { steps: ['view', 'purchase'] } };
    for (const metric of Object.keys(metricsOf(lake)).filter((name) => name !== 'top-categories')) {
      const parameters = { ...range, ...own[metric] };
      expect(isInput({ metric, parameters }), metric).toBe(true);
      const answer = await ask(client, 'query_metric', { metric, parameters });
      expect(isOutput(answer), `${metric}: ${JSON.stringify(isOutput.errors)}`).toBe(true);
      const { rowSchema, masked } = await ask(client, 'describe_metric', { metric, parameters });
      const isRow = ajv.compile(rowSchema as object);
      for (const row of answer['rows'] as object[])
        expect(isRow(row), `${metric}: ${JSON.stringify(isRow.errors)}`).toBe(true);
      const rows = await namedMetricQuery(tableOf(lake, 'market'), metric, parameters).rows();
      expect(rows.length, metric).toBeGreaterThan(0);
      const hidden = masked as string[];
      const shown = (row: object) => Object.entries(row).filter(([name]) => !hidden.includes(name));
      expect((answer['rows'] as object[]).map(shown), metric).toEqual(rows.map(shown));
    }
  });

  it('show the SQL and what it would read, with values as parameters', async () => {
    const question = { metric: 'revenue', parameters: range, where: { product_id: '101', shop: "o'brien" } };
    const shown = await ask(client, 'compile', question);
    expect(shown['sql']).not.toContain("o'brien");
    // 64-bit integers are text.
    expect(shown['parameters']).toContain('101');
    expect(shown).toMatchObject({ isWithinBudget: true, estimate: { label: 'upper bound' } });
    const nothing = await ask(client, 'compile', {
      metric: 'revenue',
      parameters: { from: '2031-01-01', to: '2031-01-02' },
    });
    expect(nothing['estimate']).toEqual({ bytes: 0, label: 'exact' });
  });

  it('show the days of the lake and the budget', async () => {
    expect(await ask(client, 'status')).toMatchObject({
      table: 'market',
      zone: 'UTC',
      days: { first: '2024-03-03', last: '2024-03-05' },
      limits: { rows: 500 },
      budget: { perCall: 1e9, perSession: 1e10 },
    });
  });
});

describe('an answer that is not whole', () => {
  it('says which limit ended it and what to do, and a whole one says nothing', async () => {
    const question = { metric: 'revenue', parameters: { ...range, grain: 'hour' } };
    const whole = await ask(client, 'query_metric', question);
    const rows = whole['rows'] as object[];
    expect(rows).toHaveLength(9);
    expect(whole).not.toHaveProperty('truncated');
    const exact = await ask(client, 'query_metric', { ...question, rows: 9 });
    expect(exact).not.toHaveProperty('truncated');
    const cut = await ask(client, 'query_metric', { ...question, rows: 8 });
    expect(cut['rows']).toEqual(rows.slice(0, 8));
    expect(cut['truncated']).toMatchObject({ limit: 'rows', most: 8 });
    const short = await connected({ lake, table: 'market', budget: wide(), maxCharacters: 400 });
    const long = await ask(short, 'query_metric', question);
    expect(long['truncated']).toMatchObject({ limit: 'characters', most: 400 });
    expect(JSON.stringify(long['rows']).length).toBeLessThan(500);
    await short.close();
  });
});

describe('personal data', () => {
  const question = { metric: 'frequent-visitors', parameters: range };
  it('is a digest unless the caller may see it, the same for the same value', async () => {
    const { masked, rows } = await ask(client, 'query_metric', question);
    expect(masked).toEqual(['visitor']);
    const digests = (rows as { visitor: string }[]).map(({ visitor }) => visitor);
    expect(digests.every((one) => /^masked:[0-9a-f]{20}$/.test(one))).toBe(true);
    expect(new Set(digests).size).toBe(digests.length);
    const again = await ask(client, 'query_metric', question);
    expect(again['rows']).toEqual(rows);
    const seeing = await connected({
      lake,
      table: 'market',
      budget: wide(),
      permissionClass: 'no_direct_pii',
    });
    const clear = await ask(seeing, 'query_metric', question);
    expect(clear['masked']).toEqual([]);
    // Ids of 64 bits keep all digits.
    expect((clear['rows'] as { visitor: string }[]).map(({ visitor }) => visitor)).toContain(
      '9007199254740993',
    );
    await seeing.close();
  });

  it.each(['user_id', 'email'])('is no filter: %s', async (column) => {
    const asked = { metric: 'revenue', parameters: range, where: { [column]: '9007199254740993' } };
    const { code, message } = await failure(client, 'query_metric', asked);
    expect(code).toBe('FILTER_NOT_ALLOWED');
    expect(message).not.toContain('9007199254740993');
    expect(
      await failure(client, 'query_metric', { metric: 'revenue', parameters: { ...range, by: column } }),
    ).toMatchObject({
      code: 'METRIC_PARAMETERS_INVALID',
    });
  });
});

describe('a wrong call', () => {
  it.each([
    [{ metric: 'revenu', parameters: range }, 'METRIC_UNKNOWN', 'revenue'],
    [{ metric: '__proto__', parameters: range }, 'METRIC_UNKNOWN', 'revenue'],
    [
      { metric: 'revenue', parameters: { from: '2024-03-05', to: '2024-03-03' } },
      'METRIC_PARAMETERS_INVALID',
      'before',
    ],
    [{ metric: 'revenue', parameters: { ...range, sql: 'select 1' } }, 'METRIC_PARAMETERS_INVALID', 'sql'],
    [{ metric: 'revenue', parameters: range, table: 'other' }, 'METRIC_PARAMETERS_INVALID', 'table'],
    [{ metric: 'revenue', parameters: range, rows: 0 }, 'METRIC_PARAMETERS_INVALID', 'rows'],
    [
      { metric: 'revenue', parameters: { ...range, where: { shop: 'zeta' } } },
      'METRIC_PARAMETERS_INVALID',
      'where',
    ],
    [
      { metric: 'revenue', parameters: { ...range, by: 'shop; drop table market' } },
      'METRIC_PARAMETERS_INVALID',
      'by',
    ],
    [{ metric: 'revenue', parameters: range, where: { 'shop"': 'zeta' } }, 'FILTER_NOT_ALLOWED', 'shop'],
    [{ metric: 'top-categories', parameters: range }, 'ROLE_MISSING', 'category'],
  ])('%j ends with %s', async (given, code, word) => {
    const told = await failure(client, 'query_metric', given);
    expect(told.code).toBe(code);
    expect(told.message).toContain(word);
  });

  it('has no tool for SQL', async () => {
    await expect(client.callTool({ name: 'sql', arguments: { sql: 'select 1' } })).rejects.toThrow();
  });

  it.each(["' or 1=1 --", "acme'; drop table market; --", 'acme\u0000', '\u2028', "o'brien"])(
    'as a value it is a value: %j',
    async (shop) => {
      const { rows } = await ask(client, 'query_metric', {
        metric: 'daily-visitors',
        parameters: { ...range, grain: 'all' },
        where: { shop },
      });
      const events = (rows as { events: number }[]).reduce((sum, row) => sum + row.events, 0);
      expect(events).toBe(shop === "o'brien" ? 120 : 0);
    },
  );
});
