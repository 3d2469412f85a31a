import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  decimal,
  defineEvents,
  derivations,
  deriveFlinkApplication,
  deriveFlinkJob,
  type FlinkJobOptions,
  type FlinkQuestionName,
  flinkApplicationZip,
  flinkScript,
  timestamp,
} from '../../../src/index.ts';
import { byKind, everyKind } from '../aws-tables.ts';
import { testTarget } from '../aws-test-target.ts';
import { shopEvents } from '../shop-events.ts';

const arn = 'arn:aws:kinesis:eu-central-1:123456789012:stream/clicks';
const places: FlinkJobOptions = {
  source: { connector: 'kinesis', streamArn: arn },
  sink: (question) => ({ connector: 'kinesis', streamArn: `${arn}-${question}` }),
};
const jobOf = (table: { schema: typeof shopEvents.schema }, options: Partial<FlinkJobOptions> = {}) =>
  deriveFlinkJob(table.schema, { ...places, ...options });
const questionsOf = (...names: FlinkQuestionName[]) => jobOf(shopEvents, { questions: names });

/** The columns of a sink, and those of its INSERT. */
function columnsOf(job: ReturnType<typeof deriveFlinkJob>, name: string): [string[], string[]] {
  const sink = job.statements.find((statement) => statement.name === name)?.sql ?? '';
  const insert = job.inserts.find((statement) => statement.name === name)?.sql ?? '';
  const [list = ''] = sink.split('\n) WITH');
  const [select = ''] = insert.split('\nFROM ');
  return [
    [...list.matchAll(/^ {2}`(\w+)` /gm)].map(([, column = '']) => column),
    select
      .split('\n')
      .slice(2)
      .map((line) => /`(\w+)`,?$/.exec(line)?.[1] ?? line),
  ];
}

describe('a script', () => {
  const script = flinkScript(jobOf(shopEvents), { 'execution.target': 'local' });

  test('has settings, tables and views, then one statement set', () => {
    expect(script).toMatch(
      /^SET 'execution.runtime-mode' = 'streaming';\nSET 'table.local-time-zone' = 'UTC';/,
    );
    expect(script).toContain("SET 'table.exec.source.idle-timeout' = '30 s';");
    expect(script).toContain("SET 'execution.target' = 'local';");
    expect(script.match(/EXECUTE STATEMENT SET\nBEGIN\n/g)).toHaveLength(1);
    expect(script.match(/^INSERT INTO /gm)).toHaveLength(5);
    expect(script.endsWith('END;\n')).toBe(true);
  });

  test('makes each view once, before what reads it', () => {
    const views = [...script.matchAll(/CREATE TEMPORARY VIEW `(\w+)`/g)].map(([, name]) => name);
    expect(views).toEqual(['shop_events_clean', 'shop_events_events', 'shop_events_in_sessions']);
    for (const name of views)
      expect(script.indexOf(`VIEW \`${name}\``)).toBeLessThan(script.lastIndexOf(`\`${name}\``));
  });
});

test('a sink has the columns of its question, in their order', () => {
  const job = jobOf(shopEvents);
  for (const { name } of job.inserts) {
    const [sink, selected] = columnsOf(job, name);
    expect(sink.length).toBeGreaterThan(3);
    expect(selected).toEqual(sink);
  }
});

test('a sink has decimals without an exponent, and options of its own', () => {
  const job = jobOf(shopEvents, { sinkConnectorOptions: { 'sink.fail-on-error': 'true' } });
  const sinks = job.statements.filter(({ sql }) => sql.includes("'sink.fail-on-error' = 'true'"));
  expect(sinks).toHaveLength(5);
  for (const { sql } of sinks) expect(sql).toContain("'json.encode.decimal-as-plain-number' = 'true'");
});

test('a table answers what it has the roles and actions for', () => {
  const namesOf = (table: typeof everyKind | typeof byKind) => jobOf(table).inserts.map(({ name }) => name);
  expect(namesOf(everyKind)).toEqual([
    'every_kind_per_minute',
    'every_kind_many_actions',
    'every_kind_anomaly',
  ]);
  expect(namesOf(byKind)).toEqual([
    'by_kind_per_minute',
    'by_kind_abandonment',
    'by_kind_funnel',
    'by_kind_anomaly',
  ]);
  expect(() => jobOf(byKind, { questions: ['many-actions'] })).toThrow('it lacks the role actor');
});

describe('questions', () => {
  const sqlOf = (name: FlinkQuestionName, options: Partial<FlinkJobOptions> = {}) =>
    jobOf(shopEvents, { questions: [name], ...options }).inserts[0]?.sql ?? '';

  test('count events without a session apart, and as the metrics do', () => {
    const sql = sqlOf('per-minute');
    expect(sql).toContain('COUNT(DISTINCT `user_id`) AS `visitors`');
    expect(sql).toContain(
      "COALESCE(SUM(CAST(`price` AS DECIMAL(38, 2))) FILTER (WHERE `event_type` = 'purchase'), CAST(0 AS DECIMAL(38, 2))) AS `revenue`",
    );
    expect(sql).toContain('COUNT(*) FILTER (WHERE (`user_session` IS NULL)) AS `events_without_session`');
    expect(sql).toContain('`purchases_without_session`');
  });

  test('have no session and no revenue where the table has none', () => {
    const sql = jobOf(everyKind, { questions: ['per-minute'] }).inserts[0]?.sql ?? '';
    expect(sql).not.toMatch(/session|revenue|purchases/);
  });

  test('read events in a session alone', () => {
    const { statements } = questionsOf('abandonment', 'funnel');
    expect(statements.find(({ name }) => name === 'shop_events_in_sessions')?.sql).toBe(
      'CREATE TEMPORARY VIEW `shop_events_in_sessions` AS\nSELECT * FROM `shop_events_events` WHERE `user_session` IS NOT NULL',
    );
    expect(sqlOf('abandonment')).toContain('TABLE `shop_events_in_sessions` PARTITION BY (`user_session`)');
    expect(sqlOf('funnel')).toContain('FROM `shop_events_in_sessions` MATCH_RECOGNIZE (');
  });

  test('find actors with more than ten actions in ten seconds', () => {
    const sql = sqlOf('many-actions');
    expect(sql).toContain("INTERVAL '10' SECOND))");
    expect(sql).toContain('WHERE `user_id` IS NOT NULL');
    expect(sql).toContain('HAVING COUNT(*) > 10');
    expect(sqlOf('many-actions', { parameters: { 'many-actions': { moreThan: 99, seconds: 120 } } })).toMatch(
      /INTERVAL '120' SECOND\(3\)[\s\S]*HAVING COUNT\(\*\) > 99/,
    );
  });

  test('match each step after the one before', () => {
    const sql = sqlOf('funnel');
    expect(sql).toContain("PATTERN (S1 G1* S2 G2* S3) WITHIN INTERVAL '30' MINUTE");
    expect(sql).toContain("G1 AS (G1.`event_type` = 'cart') IS NOT TRUE");
    expect(sql).toContain("S3 AS S3.`event_type` = 'purchase'");
  });

  test('never change a row that they have given', () => {
    // What changes rows: grouping without a window, and an order that is not that of time.
    for (const { sql } of jobOf(shopEvents).inserts) {
      expect(sql).not.toContain('ROW_NUMBER');
      if (sql.includes('GROUP BY')) expect(sql).toContain('GROUP BY `window_start`, `window_end`');
    }
  });

  test('read every action that means one, and every event where all are one', () => {
    const several = defineEvents('t', {
      columns: { at: timestamp(), what: z.string(), visit: z.string().optional() },
      roles: { time: 'at', action: 'what', session: 'visit' },
      actions: { cart: ['add', 'add again'] },
    });
    const sql = deriveFlinkJob(several.schema, { ...places, questions: ['per-minute'] }).inserts[0]?.sql;
    expect(sql).toContain("COUNT(*) FILTER (WHERE `what` IN ('add', 'add again')) AS `carts`");
  });

  test('tell sessions apart as the definition does', () => {
    const columns = {
      at: timestamp(),
      what: z.enum(['cart', 'purchase']),
      who: z.int64(),
      visit: z.int32().optional(),
    };
    const derived = defineEvents('t', {
      columns,
      roles: { time: 'at', action: 'what', actor: 'who' },
      sessions: { inactivity: '30m' },
    });
    const pair = defineEvents('t', {
      columns,
      roles: { time: 'at', action: 'what', actor: 'who', session: ['who', 'visit'] },
    });
    const [ofActor, ofBoth] = [derived, pair].map(({ schema }) =>
      deriveFlinkJob(schema, { ...places, questions: ['abandonment'] }),
    );
    expect(ofActor?.inserts[0]?.sql).toContain('PARTITION BY (`who`)');
    expect(ofBoth?.inserts[0]?.sql).toContain('PARTITION BY (`who`, `visit`)');
    expect(ofBoth?.statements.find(({ name }) => name === 't_in_sessions')?.sql).toMatch(
      /WHERE `who` IS NOT NULL AND `visit` IS NOT NULL$/,
    );
    // The gap is that of the definition, where it says 30 minutes.
    expect(ofActor?.differences.map(({ code }) => code)).not.toContain('session-gap');
  });

  test('add amounts of units exactly, and doubles by four digits', () => {
    const perUnit = (price: z.ZodType, quantity: z.ZodType) =>
      defineEvents('t', {
        columns: { at: timestamp(), what: z.enum(['purchase']), price, quantity },
        roles: { time: 'at', action: 'what', amount: 'price', quantity: 'quantity' },
        amountPer: 'unit',
      } as never) as { readonly schema: typeof shopEvents.schema };
    const sqlWith = (price: z.ZodType, quantity: z.ZodType) =>
      deriveFlinkJob(perUnit(price, quantity).schema, { ...places, questions: ['per-minute'] });
    expect(sqlWith(decimal(10, 2), z.int32()).inserts[0]?.sql).toContain(
      'SUM(CAST(`price` * `quantity` AS DECIMAL(38, 2)))',
    );
    const wide = sqlWith(decimal(38, 2), z.int32());
    expect(wide.inserts[0]?.sql).not.toContain('revenue');
    expect(wide.differences.map(({ code }) => code)).toContain('amount-left-out');
    const double = sqlWith(z.number(), z.int32());
    expect(double.inserts[0]?.sql).toContain(
      'CAST(CAST(`price` AS DOUBLE) * CAST(`quantity` AS DOUBLE) AS DECIMAL(38, 4))',
    );
    expect(double.differences.map(({ code }) => code)).toContain('double-amount');
  });
});

test('questions are described in words', () => {
  for (const { name, title, definition, nullSessions, nullActors } of jobOf(shopEvents).questions)
    for (const text of [name, title, definition, nullSessions, nullActors]) {
      expect(text).not.toBe('');
      // The text is a comment in a script, which a semicolon or a line end would break.
      expect(text).not.toMatch(/[;\n]/);
    }
});

test('a metric is asked for by its name in what a command reads, and one without a stream is refused', () => {
  const metrics = {
    carts: { name: 'carts', roles: [], mayRead: [], streaming: { question: 'abandonment' } },
    retention: { name: 'retention', roles: [], mayRead: [] },
  } as const;
  const { derive } = derivations['flink-job'];
  const inputs = { schema: shopEvents.schema, target: testTarget, tables: [], metrics };
  const ask = (metric: string) =>
    derive(inputs, { part: 'explanation', connector: 'kinesis', metric } as Parameters<typeof derive>[1])
      .text;
  expect(JSON.parse(ask('carts')).questions).toMatchObject([
    { name: 'abandonment', metrics: ['carts'], parameters: { inactivityMinutes: 30 } },
  ]);
  expect(() => ask('retention')).toThrow('a metric with a meaning over a stream: carts');
  expect(() => ask('cart')).toThrow('cart');
  const files = { part: 'script', connector: 'kinesis', path: 'file:///data/events' } as const;
  expect(() => derive(inputs, files as Parameters<typeof derive>[1])).toThrow('--connector filesystem');
});

test('differences name the question and what they affect', () => {
  const { differences } = questionsOf('abandonment', 'funnel');
  expect(differences.filter(({ of }) => of === 'abandonment').map(({ code }) => code)).toEqual([
    'session-gap',
    'session-longest',
  ]);
  // With the gap of the table, sessions end as they do in the metric.
  const same = jobOf(shopEvents, {
    questions: ['abandonment'],
    parameters: { abandonment: { inactivityMinutes: 1440 } },
  });
  expect(same.differences.filter(({ of }) => of === 'abandonment').map(({ code }) => code)).toEqual([
    'session-longest',
  ]);
});

test.each<[Partial<FlinkJobOptions>, string]>([
  [{ questions: [] }, 'questions'],
  [{ questions: ['no-question' as 'funnel'] }, 'no-question'],
  [{ parameters: { funnel: { withinMinutes: 0 } } }, 'funnel.withinMinutes'],
  [{ parameters: { funnel: { within: 5 } as object } }, 'funnel.within'],
  [{ idleSeconds: 0 }, 'idleSeconds'],
  [{ rememberHours: 0.5 }, 'rememberHours'],
])('what cannot be is refused: %j', (options, name) => {
  expect(() => jobOf(shopEvents, options)).toThrow(
    expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining(name) }),
  );
});

describe('an application', () => {
  test('runs the zip, which has the same statements as the script', () => {
    const job = jobOf(shopEvents);
    const { files, jars } = flinkApplicationZip(job);
    const { settings, statements, inserts } = JSON.parse(files['job.json'] ?? '');
    const script = flinkScript(job);
    for (const sql of [...statements, ...inserts]) expect(script).toContain(`${sql};\n`);
    expect(settings).toEqual(job.settings);
    const [group] = deriveFlinkApplication(shopEvents.schema, testTarget, {
      code: 's3://shop-code/flink/clicks.zip',
    }).ApplicationConfiguration.EnvironmentProperties.PropertyGroups;
    expect(group?.PropertyGroupId).toBe('kinesis.analytics.flink.run.options');
    expect(files).toHaveProperty([group?.PropertyMap['python'] ?? '']);
    expect(jars).toHaveProperty([group?.PropertyMap['jarfile'] ?? '']);
  });

  test('brings the library of patterns where a question has one', () => {
    const [withPatterns, without] = [questionsOf('funnel'), questionsOf('many-actions')].map((job) =>
      Object.values(flinkApplicationZip(job).jars).flat().join(' '),
    );
    expect(withPatterns).toContain('flink-cep');
    expect(without).not.toContain('flink-cep');
  });

  test.each([
    [{ code: 'clicks.zip' }, 'code'],
    [{ code: 's3://shop-code/clicks.jar' }, 'code'],
    [{ code: 's3://shop-code/clicks.zip', name: 'a b' }, 'name'],
    [{ code: 's3://shop-code/clicks.zip', role: 'flink' }, 'role'],
    [{ code: 's3://shop-code/clicks.zip', parallelism: 0 }, 'parallelism'],
  ])('is refused: %j', (options, name) => {
    expect(() => deriveFlinkApplication(shopEvents.schema, testTarget, options)).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining(name) }),
    );
  });
});

describe('what a caller in plain JavaScript gets wrong', () => {
  const clicks = 'arn:aws:kinesis:eu-central-1:123456789012:stream/clicks';
  const legacy = { connector: 'kinesis-legacy', stream: 'clicks', region: 'eu-central-1' };
  test.each<[unknown, string]>([
    [{ source: undefined }, 'connector undefined'],
    [{ source: null }, 'connector undefined'],
    [{ source: { ...legacy, stream: undefined } }, 'stream undefined'],
    [{ source: { ...legacy, region: undefined } }, 'region undefined'],
    [{ source: { ...legacy, region: "x'; DROP" } }, 'region'],
    [{ source: { connector: 'kinesis', streamArn: clicks, from: 'EARLIEST' } }, 'from EARLIEST'],
    [{ keys: { user_id: 5 } }, 'keys.user_id'],
    [{ connectorOptions: { 'sink.batch.max-size': 5 } }, 'sink.batch.max-size'],
    [{ sink: undefined }, 'sink'],
    [{ sink: () => undefined }, 'connector undefined'],
    [{ sink: () => places.source }, 'sink of per-minute'],
    [{ parameters: { 'per-minut': { minutes: 5 } } }, 'parameters per-minut'],
    [{ questions: ['funnel'], parameters: { 'per-minute': { minutes: 5 } } }, 'parameters per-minute'],
    [{ questions: ['funnel'], parameters: { funnel: 5 } }, 'parameters.funnel'],
  ])('is refused: %j', (options, problem) => {
    expect(() => jobOf(shopEvents, Object(options))).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining(problem) }),
    );
  });
});

describe('columns of a definition keep their names', () => {
  const table = (column: string, action: string) =>
    defineEvents('clicks', {
      columns: { at: timestamp(), [column]: z.string(), [action]: z.enum(['view', 'cart', 'purchase']) },
      roles: { time: 'at', actor: column, session: column, action } as never,
    });

  test.each(['window_start', 'window_end', 'window_time'])(
    '%s is refused, because windows have it',
    (name) => {
      expect(() => jobOf(table(name, 'kind'))).toThrow(
        expect.objectContaining({ code: 'DEFINITION_INVALID', message: expect.stringContaining(name) }),
      );
    },
  );

  test.each(['view_time', 'between_1'])('%s is a session, and nothing else in a funnel', (name) => {
    const [funnel] = jobOf(table(name, 'kind'), { questions: ['funnel'] }).inserts;
    expect(funnel?.sql).toContain(`AS \`${name}_\``);
    expect(funnel?.sql).not.toContain(`AS \`${name}\`,\n    S2`);
    expect(funnel?.sql).toContain(`  \`${name}\` AS \`session\``);
  });

  test.each(['events', 'minutes_of', 'sum_of', 'squares_of'])('%s is an action, and no count', (name) => {
    const [anomaly] = jobOf(table('visitor', name), { questions: ['anomaly'] }).inserts;
    expect(anomaly?.sql).toContain(`\`${name}_\``);
    expect(anomaly?.sql).not.toContain(`AS \`${name}\``);
  });
});
