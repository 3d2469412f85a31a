import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type FlinkAnswer, useFlink } from '../../src/testing/index.ts';

const flink = useFlink();

const texts = ['a|b', "it's; -- so", '"', '\\', '😀', '', ' ', 'Flink SQL> ', '\u2028', '[ERROR] x', null];
let answers: readonly FlinkAnswer[] = [];
let refused: unknown;
let late: unknown;

const failure = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => undefined,
    (error: unknown) => error,
  );

// At the same time, because most of a run is the start of Java.
beforeAll(async () => {
  const file = join(flink.folder, 'texts.jsonl');
  await writeFile(file, texts.map((text, id) => `${JSON.stringify({ id, text })}\n`).join(''));
  [answers, refused, late] = await Promise.all([
    flink.run([
      "EXPLAIN PLAN FOR SELECT 'not run' AS t",
      `CREATE TABLE texts (id INT, text STRING) WITH ('connector' = 'filesystem', 'path' = 'file://${file}', 'format' = 'json')`,
      [
        '-- A comment; then the statement',
        "SELECT text, CAST('12.50' AS DECIMAL(10, 4)) AS price, CAST('0.0000000001' AS DECIMAL(20, 10)) AS tiny_one,",
        '  9007199254740993 AS big_one, TO_TIMESTAMP_LTZ(1767225600123, 3) AS happened, TRUE AS bought,',
        "  CAST(NULL AS INT) AS nobody, ARRAY[1, 2] AS numbers, TIMESTAMP '2026-01-01 00:00:00' AS wall_clock",
        'FROM texts -- and another',
      ].join('\n'),
    ]),
    failure(
      flink.run([
        'EXPLAIN PLAN FOR SELECT 1',
        "SELECT '[ERROR] text',\n  nothing\nFROM (VALUES (1)) AS t (id)",
      ]),
    ),
    failure(
      flink.run(
        [
          "CREATE TABLE endless (id BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '1')",
          "CREATE TABLE nowhere (id BIGINT) WITH ('connector' = 'blackhole')",
          'INSERT INTO nowhere SELECT id FROM endless',
        ],
        { seconds: 15 },
      ),
    ),
  ]);
});

test('a SELECT gives exact values with their types, and texts with every character', () => {
  const { columns, rows } = answers[2] ?? {};
  expect(columns).toEqual([
    ['text', 'STRING'],
    ['price', 'DECIMAL(10, 4)'],
    ['tiny_one', 'DECIMAL(20, 10)'],
    ['big_one', 'BIGINT'],
    ['happened', 'TIMESTAMP_LTZ(3)'],
    ['bought', 'BOOLEAN'],
    ['nobody', 'INT'],
    ['numbers', 'ARRAY<INT NOT NULL>'],
    ['wall_clock', 'TIMESTAMP(0)'],
  ]);
  const values = ['12.5000', '0.0000000001', '9007199254740993', '2026-01-01T00:00:00.123Z', 'true', null];
  expect(rows).toEqual(texts.map((text) => [text, ...values, '["1","2"]', '2026-01-01T00:00:00']));
});

test('other statements give what the client printed', () => {
  expect(answers[0]).toMatchObject({ columns: [], rows: [] });
  expect(answers[0]?.printed).toContain('== Optimized Physical Plan ==');
  expect(answers[1]?.printed).toContain('[INFO] Execute statement succeeded.');
});

test('a statement that fails is named, with the reason', () => {
  expect(refused).toMatchObject({
    message: expect.stringMatching(
      /^Flink refused\n.*\nSELECT '\[ERROR\] text',\n {2}nothing\n[\s\S]*Column 'nothing' not found/,
    ),
  });
});

test('a job over a stream ends by its time, and no process is left', () => {
  // A busy machine may have run no further than the start.
  expect(late).toMatchObject({ message: expect.stringMatching(/^Flink was killed after 15 s, while it /) });
  expect(execFileSync('ps', ['-A', '-o', 'args'], { encoding: 'utf8' })).not.toContain(flink.folder);
});
