import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  calendarDate,
  decimal,
  defineEvents,
  deriveFlinkTable,
  type FlinkConnector,
  lake,
  nullTexts,
  timestamp,
} from '../../../src/index.ts';
import { flinkName, flinkType } from '../../../src/types/flink-type.ts';
import { byKind, everyKind } from '../aws-tables.ts';
import { withNestedColumns } from '../nested-columns.ts';
import { shopEvents } from '../shop-events.ts';

const kinesis: FlinkConnector = {
  connector: 'kinesis',
  streamArn: 'arn:aws:kinesis:eu-central-1:123456789012:stream/clicks',
};
const legacy: FlinkConnector = { connector: 'kinesis-legacy', stream: 'clicks', region: 'eu-central-1' };
const files: FlinkConnector = { connector: 'filesystem', path: 'file:///data/events' };

const sqlOf = (...given: Parameters<typeof deriveFlinkTable>): readonly string[] =>
  deriveFlinkTable(...given).statements.map(({ sql }) => sql);

/** The lines of a list in parentheses, or after SELECT, at this depth. */
const linesAt = (sql: string, spaces: number): string[] =>
  sql
    .split('\n')
    .filter(
      (line) => line.startsWith(`${' '.repeat(spaces)}\``) || line.startsWith(`${' '.repeat(spaces)}CASE`),
    )
    .map((line) => line.trim().replace(/,$/, ''));

const kinds = {
  text: z.string(),
  number: z.number(),
  small: z.int32(),
  large: z.int64(),
  flag: z.boolean(),
  price: decimal(12, 3),
  wide: decimal(38, 10),
  day: calendarDate(),
  other_time: timestamp(),
  id: z.uuid(),
  kind: z.enum(['a', "b's"]),
} as const;

describe('every column is once in each statement, in its type', () => {
  const tables = fc
    .subarray(Object.keys(kinds) as (keyof typeof kinds)[])
    .chain((names) => fc.record({ names: fc.constant(names), optional: fc.subarray(names) }));

  test.each([kinesis, legacy, files])('$connector', (source) => {
    fc.assert(
      fc.property(tables, ({ names, optional }) => {
        const columns = Object.fromEntries(
          names.map((name) => [name, optional.includes(name) ? kinds[name].optional() : kinds[name]]),
        );
        const { schema } = defineEvents('t', {
          columns: { at: timestamp(), ...columns },
          roles: { time: 'at' },
        });
        const [table = '', clean = '', events = ''] = sqlOf(schema, source);
        const read = deriveFlinkTable(schema, source).columns;
        expect(read.map(({ name }) => name)).toEqual(schema.columns.map(({ name }) => name));
        const [members = ''] = table.split(' AS PROCTIME()');
        for (const { name, type, nullable } of schema.columns) {
          const own = linesAt(members, 2).filter((line) => line.startsWith(`${flinkName(name)} `));
          const mapped = flinkType(type);
          const readAs = type.kind === 'timestamp' ? mapped : 'STRING';
          expect(own).toEqual([`${flinkName(name)} ${readAs}`]);
          const [selected = ''] = clean.split('\nFROM (');
          const values = linesAt(selected, 2).filter(
            (line) => line === flinkName(name) || line.endsWith(` AS ${flinkName(name)}`),
          );
          expect(values).toHaveLength(1);
          if (!['string', 'enum', 'uuid', 'boolean', 'timestamp'].includes(type.kind))
            expect(values[0]).toContain(`TRY_CAST(${flinkName(name)} AS ${mapped})`);
          // A row without a value that it must have is left out.
          if (!nullable && name !== 'at')
            expect(clean).toMatch(new RegExp(`(WHERE|AND) .*\`${name}\`.* (IS NOT NULL|IN \\()`));
          const [list = ''] = events.split('\nFROM (');
          expect(list.split(flinkName(name))).toHaveLength(2);
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('the time has a watermark, and a record without a time is left out', () => {
  const [table = '', clean] = sqlOf(shopEvents.schema, kinesis, { latenessSeconds: 120 });
  expect(table).toContain("WATERMARK FOR `row_time` AS `row_time` - INTERVAL '120' SECOND(3)");
  expect(table).toContain(
    '`row_time` AS CASE WHEN `event_time` IS NOT NULL AND `event_time` >= TO_TIMESTAMP_LTZ(1420070400000, 3) ' +
      'THEN `event_time` ELSE TO_TIMESTAMP_LTZ(0, 3) END',
  );
  expect(clean).toContain('`row_time` AS `event_time`');
  expect(clean).toContain('WHERE `time_read` IS NOT NULL');
});

test('the options are those of each connector', () => {
  const [now = '', before = '', folder = ''] = [kinesis, legacy, files].map(
    (source) => sqlOf(shopEvents.schema, source)[0] ?? '',
  );
  expect(now).toContain("'stream.arn' = 'arn:aws:kinesis:eu-central-1:123456789012:stream/clicks'");
  expect(now).toContain("'source.init.position' = 'LATEST'");
  // The source of the connector 5 has no metadata columns, and the one before has three.
  expect(now).not.toContain('METADATA');
  expect(before).toContain("'scan.stream.initpos' = 'LATEST'");
  expect(before.match(/METADATA FROM/g)).toHaveLength(3);
  expect(folder).toContain("'path' = 'file:///data/events'");
  for (const table of [now, before, folder])
    expect(table).toContain("'json.timestamp-format.standard' = 'ISO-8601'");
  const options = { 'aws.endpoint': 'http://127.0.0.1:4567', 'scan.stream.initpos': 'TRIM_HORIZON' };
  const [own = ''] = sqlOf(shopEvents.schema, legacy, { connectorOptions: options });
  expect(own.match(/scan\.stream\.initpos'/g)).toHaveLength(1);
  expect(own).toContain("'aws.endpoint' = 'http://127.0.0.1:4567'");
});

test('a column of the definition has its name, though the connector would fill one of that name', () => {
  const { schema } = defineEvents('t', {
    columns: { at: timestamp(), sequence_number: z.int32() },
    roles: { time: 'at' },
  });
  const [table = ''] = sqlOf(schema, legacy);
  expect(table.match(/METADATA FROM '[a-z-]+'/g)).toEqual([
    "METADATA FROM 'shard-id'",
    "METADATA FROM 'timestamp'",
  ]);
  expect(linesAt(table, 2)).toContain('`sequence_number` STRING');
});

test('members of objects are read by their place, counts since 1970 as instants', () => {
  const { schema } = defineEvents('t', {
    columns: {
      at: timestamp({ from: 'epoch-milliseconds' }).register(lake, { path: 'meta.sent' }),
      user: z.string().register(lake, { path: 'meta.user.id' }),
      sku: z.int64().register(lake, { path: 'item' }),
    },
    roles: { time: 'at', actor: 'user' },
  });
  const [table = '', clean] = sqlOf(schema, files);
  expect(table).toContain('`meta` ROW<`sent` BIGINT, `user` ROW<`id` STRING>>');
  expect(table).toContain('`item` STRING');
  expect(table).toContain('THEN TO_TIMESTAMP_LTZ(`meta`.`sent`, 3) ELSE');
  expect(clean).toMatch(/TRIM\(BOTH U&'.*' FROM `meta`\.`user`\.`id`\), ''\) AS `user`,/);
});

test('a column is read by its key', () => {
  const [table = '', clean] = sqlOf(byKind.schema, files, { keys: { product_id: 'productId' } });
  expect(table).toContain('`productId` STRING');
  expect(table).not.toContain('product_id');
  expect(clean).toMatch(/TRIM\(BOTH U&'.*' FROM `productId`\), ''\) AS `product_id`,/);
});

test('nested kinds keep the types of their parts', () => {
  const [table] = sqlOf(withNestedColumns(byKind.schema), files);
  expect(table).toContain('`tags` ARRAY<STRING>');
  expect(table).toContain('`place` ROW<`city` STRING, `zip` STRING>');
  expect(table).toContain('`counts` MAP<STRING, INT>');
});

test('each event is once, by the duplicate key and in the order of arrival', () => {
  expect(sqlOf(shopEvents.schema, kinesis)[2]).toContain(
    'ROW_NUMBER() OVER (PARTITION BY `event_time`, `event_type`, `product_id`, `user_id` ORDER BY `processing_time`)',
  );
});

test('a bad value that becomes null leaves its row, and any other one does not', () => {
  const { schema } = defineEvents('t', {
    columns: {
      at: timestamp(),
      nulled: z
        .int32()
        .min(1)
        .register(lake, { invalid: 'null', clean: [nullTexts('-')] })
        .optional(),
      refused: z.int32().min(1).optional(),
    },
    roles: { time: 'at' },
  });
  const clean = sqlOf(schema, files)[1] ?? '';
  const [values = '', conditions = ''] = [clean, clean.split('\nWHERE ')[1] ?? ''];
  expect(values).toContain("WHEN `nulled` IN ('-') THEN CAST(NULL AS STRING)");
  expect(conditions).not.toContain('`nulled`');
  expect(conditions).toContain('(`refused` IS NULL OR (');
  expect(conditions).toContain("CAST('1' AS DOUBLE)");
});

test('differences are data', () => {
  const codes = (source: FlinkConnector) =>
    new Set(deriveFlinkTable(everyKind.schema, source).differences.map(({ code }) => code));
  expect(codes(kinesis)).toEqual(
    new Set(['time-spelling', 'other-names', 'late-event', 'future-event', 'no-reason', 'late-duplicate']),
  );
  expect(codes(legacy)).toContain('float-text');
});

describe('what cannot be is refused', () => {
  test.each<[Parameters<typeof deriveFlinkTable>, string]>([
    [[shopEvents.schema, { connector: 'kinesis', streamArn: 'clicks' }], 'streamArn'],
    [[shopEvents.schema, { ...legacy, stream: 'a b' }], 'stream'],
    [[shopEvents.schema, { connector: 'filesystem', path: '/data' }], 'path'],
    [[shopEvents.schema, { ...files, connector: 'kafka' as 'filesystem' }], 'connector'],
    [[shopEvents.schema, files, { latenessSeconds: 1.5 }], 'latenessSeconds'],
    [[shopEvents.schema, files, { keys: { no_column: 'x' } }], 'keys'],
  ])('%#', (given, option) => {
    expect(() => deriveFlinkTable(...given)).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining(option) }),
    );
  });

  test('formats that Flink does not read exactly', () => {
    const { schema } = defineEvents('t', {
      columns: { at: timestamp({ formats: ['DD.MM.YYYY HH:mm:ss'] }) },
      roles: { time: 'at' },
    });
    expect(() => deriveFlinkTable(schema, files)).toThrow(
      expect.objectContaining({ code: 'TYPE_UNSUPPORTED' }),
    );
  });

  test('a column with a name of the table itself', () => {
    const { schema } = defineEvents('t', {
      columns: { at: timestamp(), row_time: z.string() },
      roles: { time: 'at' },
    });
    expect(() => deriveFlinkTable(schema, files)).toThrow('t.row_time');
  });
});
