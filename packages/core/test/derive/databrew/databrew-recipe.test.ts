import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { recipeOperations } from '../../../src/derive/databrew/recipe-operations.ts';
import {
  awsTarget,
  createRecordCleaner,
  type DataBrewDifferenceCode,
  defineEvents,
  deriveDataBrewDataset,
  deriveDataBrewJob,
  deriveDataBrewProject,
  deriveDataBrewRecipe,
  deriveDataBrewRuleset,
  deriveDataBrewSchedule,
  explainDataBrewRecipe,
  isHeadwaterError,
  lake,
  timestamp,
} from '../../../src/index.ts';
import { testTarget } from '../aws-test-target.ts';
import { goodRecord, shopEvents } from '../shop-events.ts';
import { runRecipe } from './run-recipe.ts';

const { schema } = shopEvents;
const events = (columns: Record<string, z.ZodType>, more: object = {}) =>
  defineEvents('events', { columns: { at: timestamp(), ...columns }, roles: { time: 'at' }, ...more }).schema;

/** The code and the message that something is refused with. */
function refusal(derive: () => unknown): string {
  try {
    derive();
  } catch (error) {
    if (isHeadwaterError(error)) return `${error.code} ${error.message}`;
    throw error;
  }
  return 'accepted';
}

test('the recipe of a table cleans it, names its folders and removes its duplicates', async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const record = {
    ...goodRecord,
    event_time: '2019-10-01 13:51:07 UTC',
    price: '33.25',
    exchange_rate: '-0.5',
  };
  const rows = [
    record,
    { ...record, price: '-1' },
    record,
    { ...record, discount_share: 'much' },
    { ...record, event_type: 'sold' },
    { ...record, discount_share: null, gift: 'N' },
  ];
  const { Steps } = deriveDataBrewRecipe(schema, testTarget);
  const given = await runRecipe(connection, Steps, Object.keys(goodRecord), rows);
  connection.closeSync();
  instance.closeSync();
  const clean = createRecordCleaner(schema);
  const accepted = rows.flatMap((row, index) => (clean(row).accepted ? [index] : []));
  expect(accepted).toEqual([0, 2, 5]);
  expect(given.map(({ row }) => row)).toEqual([0, 5]);
  expect(given[0]?.values).toMatchObject({
    event_time: '2019-10-01T13:51:07.000Z',
    event_type: 'view',
    price: '33.25',
    quantity: '1',
    dt: '2019-10-01',
    hour: '13',
  });
  expect(given[1]?.values).toMatchObject({ discount_share: null, gift: 'false' });
});

test('every step has an operation of the guide, its parameters as texts, and no empty one', () => {
  for (const { Action, ConditionExpressions = [] } of deriveDataBrewRecipe(schema, testTarget).Steps) {
    const { parameters } = recipeOperations[Action.Operation];
    expect(Object.keys(Action.Parameters).sort()).toEqual(
      [...parameters, ...('customValue' in Action.Parameters ? ['customValue'] : [])].sort(),
    );
    expect(Object.values(Action.Parameters)).not.toContain('');
    for (const { Value = '' } of ConditionExpressions) expect(Value.length).toBeLessThanOrEqual(1024);
  }
});

test('lists longer than a condition are in several', async () => {
  const codes = Array.from({ length: 200 }, (_, index) => `value-${index}`);
  const table = events({
    kind: z.enum(codes as [string, ...string[]]),
    note: z.string().optional().register(lake, { nullTexts: codes }),
  });
  const { Steps } = deriveDataBrewRecipe(table, testTarget);
  // A value that is none of them is in no list, so one step has them all; a text that is one of them is in one.
  const kinds = Steps.filter(({ Action }) => Action.Operation === 'REMOVE_VALUES');
  expect(kinds.map(({ ConditionExpressions = [] }) => ConditionExpressions.length)).toEqual([3]);
  const nulls = Steps.filter(({ ConditionExpressions = [] }) => ConditionExpressions[0]?.Condition === 'IS');
  expect(nulls.map(({ ConditionExpressions = [] }) => ConditionExpressions.length)).toEqual([1, 1, 1]);
});

test('fields of the files that are called otherwise are renamed first', () => {
  const { Steps } = deriveDataBrewRecipe(schema, testTarget, {
    fields: { user_id: 'VisitorId', price: 'price' },
  });
  expect(Steps[0]?.Action).toEqual({
    Operation: 'RENAME',
    Parameters: { sourceColumn: 'VisitorId', targetColumn: 'user_id' },
  });
  expect(Steps.filter(({ Action }) => Action.Operation === 'RENAME')).toHaveLength(1);
  expect(refusal(() => deriveDataBrewRecipe(schema, testTarget, { fields: { visitor: 'x' } }))).toMatch(
    /^OPTION_INVALID fields visitor=x: expected the name of a field for a column of shop_events/,
  );
});

test('a strict recipe is refused, with the first differences, unless they are allowed', () => {
  const table = events({ id: z.int64() });
  const all = explainDataBrewRecipe(table).flatMap(({ difference }) => difference?.code ?? []);
  const strict = (allow: readonly DataBrewDifferenceCode[]) =>
    deriveDataBrewRecipe(table, testTarget, { strict: true, allow });
  expect(refusal(() => strict([]))).toMatch(
    new RegExp(
      `^DATABREW_DIFFERS The DataBrew recipe of events differs from its definition in ${all.length} places: at trim: .*\\(white-space\\).*; and ${all.length - 5} more`,
    ),
  );
  const others = all.filter((code) => code !== 'landing-only');
  expect(refusal(() => strict(others))).toMatch(/in 1 places: duplicates: .*\(landing-only\)\. Allow/);
  expect(strict(all)).toEqual(deriveDataBrewRecipe(table, testTarget));
  expect(refusal(() => strict(['other' as DataBrewDifferenceCode]))).toMatch(/^OPTION_INVALID allow other/);
});

test('an explanation has a row for each rule that is exact, and for each difference', () => {
  const rows = explainDataBrewRecipe(
    events({ kind: z.enum(['a', 'b']).register(lake, { clean: [] }).optional() }),
    { badValues: 'null' },
  );
  expect(rows.filter(({ column }) => column === 'kind')).toEqual([
    { column: 'kind', step: 'parse', operations: [], exact: true },
    expect.objectContaining({
      column: 'kind',
      step: 'one-of',
      operations: ['FILL_WITH_NULL'],
      exact: false,
      difference: expect.objectContaining({ code: 'bad-value-null', affects: 'rows' }),
    }),
  ]);
  expect(rows.every(({ exact, difference }) => exact === (difference === undefined))).toBe(true);
});

test('bad values may become null, in fewer steps', () => {
  const size = (badValues: 'remove' | 'null') =>
    deriveDataBrewRecipe(schema, testTarget, { badValues }).Steps.length;
  const casts = schema.columns.filter(
    ({ type: { kind }, nullable }) => nullable && !['string', 'enum', 'uuid'].includes(kind),
  );
  const enums = schema.columns.filter(({ type, nullable }) => nullable && type.kind === 'enum');
  expect(size('remove') - size('null')).toBe(4 * casts.length + 2 * enums.length);
});

test('what a recipe cannot make is refused', () => {
  const many = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [`c${index}`, z.int64().optional()]),
  );
  const recipe = (table: Parameters<typeof deriveDataBrewRecipe>[0]) => () =>
    deriveDataBrewRecipe(table, testTarget);
  expect(refusal(recipe(events(many)))).toMatch(
    /^AWS_LIMIT_EXCEEDED The recipe of events has \d+ steps; the maximum on AWS is 100. Set badValues/,
  );
  const london = defineEvents('events', {
    columns: { at: timestamp({ zone: 'Europe/London' }) },
    roles: { time: 'at' },
  }).schema;
  expect(refusal(recipe(london))).toBe(
    'DATABREW_UNSUPPORTED DataBrew cannot have events: at names the folders, and a recipe cannot read it. Load it by headwater etl run, or by a Spark job.',
  );
});

test('a job reads and writes where it may', () => {
  const job = (output: string, landing?: string) =>
    refusal(() => deriveDataBrewJob(schema, testTarget, { output, landing }));
  expect(job('s3://shop-lake/events/shop_events/')).toMatch(
    /a folder apart from s3:\/\/shop-lake\/events\/shop_events\//,
  );
  expect(job('s3://shop-lake/events/')).toMatch(/^OPTION_INVALID output/);
  expect(job('s3://shop-landing/raw/out/', 's3://shop-landing/raw/')).toMatch(/which the job reads/);
  expect(job('s3://shop-landing/out')).toMatch(/a slash at the end/);
  expect(job('s3://shop-clean/events/')).toBe('accepted');
});

test('the config says where, unless an option does', () => {
  const target = awsTarget({
    ...testTarget,
    dataBrew: {
      role: 'arn:aws:iam::123456789012:role/brew',
      landing: 's3://shop-landing/raw',
      format: 'json',
      output: 's3://shop-clean',
      schedule: 'cron(0 6 ? * MON-FRI *)',
    },
  });
  expect(deriveDataBrewDataset(schema, target)).toMatchObject({
    Format: 'JSON',
    Input: { S3InputDefinition: { Bucket: 'shop-landing', Key: 'raw/shop_events/' } },
  });
  expect(deriveDataBrewJob(schema, target)).toMatchObject({
    RoleArn: 'arn:aws:iam::123456789012:role/brew',
    Outputs: [{ Location: { Bucket: 'shop-clean', Key: 'shop_events/' }, PartitionColumns: ['dt', 'hour'] }],
  });
  expect(deriveDataBrewSchedule(schema, target).CronExpression).toBe('cron(0 6 ? * MON-FRI *)');
  expect(deriveDataBrewSchedule(schema, target, { schedule: 'cron(0 7 * * ? *)' }).CronExpression).toBe(
    'cron(0 7 * * ? *)',
  );
  expect(deriveDataBrewProject(schema, target).RoleArn).toBe('arn:aws:iam::123456789012:role/brew');
});

test.each([
  ['schedule', () => deriveDataBrewSchedule(schema, testTarget, { schedule: 'every day' })],
  ['role', () => deriveDataBrewProject(schema, testTarget, { role: 'admin' })],
  ['sampleRows', () => deriveDataBrewProject(schema, testTarget, { sampleRows: 5001 })],
  ['recipeVersion', () => deriveDataBrewJob(schema, testTarget, { recipeVersion: 'LATEST_WORKING' })],
  ['maxCapacity', () => deriveDataBrewJob(schema, testTarget, { maxCapacity: 1 })],
  ['timeoutMinutes', () => deriveDataBrewJob(schema, testTarget, { timeoutMinutes: 0.5 })],
  ['landing', () => deriveDataBrewDataset(schema, testTarget, { landing: 'raw/' })],
  ['delimiter', () => deriveDataBrewDataset(schema, testTarget, { delimiter: '::' })],
])('%s is checked', (option, derive) => {
  expect(refusal(derive)).toMatch(new RegExp(`^OPTION_INVALID ${option} .*: expected .`));
});

test('a ruleset has what cleaning rejects, and nothing that it maps', () => {
  const table = events(
    {
      id: z.int64().min(1n).max(9n),
      kind: z.enum(['a', 'b']),
      mapped: z.enum(['a', 'b']).register(lake, { map: { x: 'a' } }),
      code: z.string().min(2).max(3),
      exact: z.string().length(4),
      note: z.string().max(9).optional(),
      share: z.number().lt(1).optional(),
    },
    { duplicates: { key: ['id'] } },
  );
  const rules = deriveDataBrewRuleset(table, testTarget, { fields: { kind: 'Kind' } }).Rules;
  const shown = rules.map(({ CheckExpression, SubstitutionMap, ColumnSelectors }) =>
    [ColumnSelectors?.[0]?.Name, CheckExpression, ...Object.values(SubstitutionMap)]
      .filter(Boolean)
      .join(' | '),
  );
  expect(shown).toEqual([
    'at | AGG(MISSING_VALUES_COUNT) == :val | 0',
    'id | AGG(MISSING_VALUES_COUNT) == :val | 0',
    'id | AGG(MIN) >= :val | 1',
    'id | AGG(MAX) <= :val | 9',
    'Kind | AGG(MISSING_VALUES_COUNT) == :val | 0',
    ':col IN :list | `Kind` | ["a","b"]',
    'mapped | AGG(MISSING_VALUES_COUNT) == :val | 0',
    'code | AGG(MISSING_VALUES_COUNT) == :val | 0',
    'length(:col) >= :val | `code` | 2',
    'length(:col) <= :val | `code` | 3',
    'exact | AGG(MISSING_VALUES_COUNT) == :val | 0',
    'length(:col) IS_BETWEEN :val1 and :val2 | `exact` | 4 | 4',
    'share | AGG(MAX) < :val | 1',
    'id | AGG(DUPLICATE_VALUES_COUNT) == :val | 0',
  ]);
});
