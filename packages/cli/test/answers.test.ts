import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demo } from '../src/commands/demo.ts';
import { etlRun } from '../src/commands/etl-run.ts';
import { etlStatus } from '../src/commands/etl-status.ts';
import { sqlCommand } from '../src/commands/sql.ts';
import { config } from './run-cli.ts';

// What a service does: it calls commands without a command line, a console or a terminal.

const folder = mkdtempSync(join(tmpdir(), 'headwater-answers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { signal } = new AbortController();
const place = { config, lake: join(folder, 'lake'), table: undefined };
const input = join(folder, 'events.csv');
const noRunOptions = {
  'memory-limit': undefined,
  'target-file-size': undefined,
  threads: undefined,
  allow: [],
  'work-folder': undefined,
  'lock-timeout': undefined,
};

beforeAll(async () => {
  const events = ['view', 'cart', 'purchase'].map(
    (type, index) => `2019-10-01 00:00:0${index} UTC,${type},1,2.50,7\n`,
  );
  writeFileSync(input, `event_time,event_type,product_id,price,user_id\n${events.join('')}`);
  const options = {
    ...place,
    ...noRunOptions,
    source: undefined,
    columns: undefined,
    lookup: [],
    format: undefined,
    delimiter: undefined,
    header: false,
    'no-header': false,
    'max-quarantine': undefined,
    since: undefined,
    'late-days': undefined,
    'dry-run': false,
    engine: undefined,
    'register-partitions': false,
  };
  const stages: string[] = [];
  const answer = await etlRun.run({
    words: [input],
    options,
    signal,
    onProgress: ({ doing }) => stages.push(doing.split(' ')[0] ?? ''),
  });
  expect(answer).toMatchObject({ data: { rowsIn: 3, rowsOut: 3 } });
  expect(new Set(stages)).toContain('reading');
});

it('data is plain, and is what --json prints', async () => {
  const answer = await etlStatus.run({ words: [], options: place, signal });
  const data = 'data' in answer ? answer.data : undefined;
  expect(data).toMatchObject({ table: 'clickstream', rows: 3, days: { count: 1 } });
  expect(JSON.parse(JSON.stringify(data))).toEqual(data);
});

it('rows stream, and closing the answer closes the lake', async () => {
  const options = {
    ...place,
    engine: undefined,
    'max-scan': undefined,
    explain: false,
    format: undefined,
    out: undefined,
  };
  const statement = 'select event_type, price from clickstream order by event_time';
  const answer = await sqlCommand.run({ words: [statement], options, signal });
  if (!('rows' in answer)) throw new Error('expected rows');
  const rows: unknown[] = [];
  for await (const batch of answer.rows.batches()) rows.push(...batch);
  await answer.close();
  expect(rows).toEqual([
    { event_type: 'view', price: 2.5 },
    { event_type: 'cart', price: 2.5 },
    { event_type: 'purchase', price: 2.5 },
  ]);
});

it('parts arrive before the answer is complete', async () => {
  const parts: string[] = [];
  const working = process.cwd();
  process.chdir(folder);
  try {
    const answer = await demo.run({
      words: [input],
      options: { config, table: undefined, events: undefined, live: false },
      signal,
      onPart: ({ kind }) => void parts.push(kind),
    });
    expect(answer).toMatchObject({ data: { load: { rowsOut: 3 } } });
  } finally {
    process.chdir(working);
  }
  expect(parts.slice(0, 4)).toEqual(['loading', 'loaded', 'asking', 'answered']);
});
