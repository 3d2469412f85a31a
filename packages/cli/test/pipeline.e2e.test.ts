import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { config, runCli } from './run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-pipeline-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const place = ['--lake', 'lake', '--config', config];
const week = ['--from', '2019-10-01', '--to', '2019-10-07'];
const run = (...args: readonly string[]) => runCli(args, { cwd: folder });

async function json(...args: readonly string[]) {
  const { code, stdout, stderr } = await run(...args, '--json');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

describe('simulate, load, ask, verify', () => {
  let simulated: { rows: number; duplicates: number };
  let load: Record<'rowsIn' | 'rowsOut' | 'duplicates' | 'quarantined' | 'seconds', number> & {
    runId: string;
    reasons: Record<string, number>;
  };

  beforeAll(async () => {
    simulated = await json(
      'simulate',
      '--events',
      '20k',
      '--days',
      '7',
      '--seed',
      '7',
      '--dirty',
      '2%',
      '--out',
      'raw.csv',
    );
    load = await json('etl', 'run', 'raw.csv', ...place);
  });

  it('shows the refused rows, each with its line, its reasons and what was found', async () => {
    const { stdout } = await run('etl', 'status', ...place);
    expect(stdout).toContain('etl quarantine --lake lake');
    const rows: { line: number; reasons: string; found: string; raw: string }[] = await json(
      'etl',
      'quarantine',
      ...place,
    );
    expect(rows).toHaveLength(load.quarantined);
    const lines = readFileSync(join(folder, 'raw.csv'), 'latin1').split('\n');
    for (const { line, reasons, found, raw } of rows.filter((row) => /below_minimum$/.test(row.reasons))) {
      expect(reasons).toBe('price:below_minimum');
      expect(raw).toBe(lines[line - 1]);
      expect(Number(found)).toBeLessThan(0);
    }
    const one = await json('etl', 'quarantine', '--reason', 'price:below_minimum', ...place);
    expect(one).toHaveLength(load.reasons['price:below_minimum'] ?? -1);
    const { stdout: table } = await run('etl', 'quarantine', ...place);
    expect(table.split('\n')).toHaveLength(23);
    expect(table).toContain(`\n20 of ${load.quarantined}; --limit shows more`);
  });

  it('tells of a column that the table has not, and counts days as days', async () => {
    const [head = '', row = ''] = readFileSync(join(folder, 'raw.csv'), 'latin1').split('\n');
    writeFileSync(join(folder, 'misspelt.csv'), `${head.replace('brand', 'brnd')}\n${row}\n`);
    const { stdout } = await run('etl', 'run', 'misspelt.csv', '--lake', 'other', '--config', config);
    expect(stdout).toContain(': 1 file in 1 day, ');
    expect(stdout).toContain(
      '\nignored, because the table has no such column: brnd; missing from the file: brand (misspelt.csv)\n',
    );
  });

  it('accounts for every row', () => {
    expect(simulated.rows).toBe(20_000);
    expect(load.rowsIn).toBe(load.rowsOut + load.duplicates + load.quarantined);
    expect(load.quarantined).toBeGreaterThan(0);
    expect(load.duplicates).toBeGreaterThan(0);
    expect(Object.values(load.reasons).reduce((sum, rows) => sum + rows, 0)).toBeGreaterThanOrEqual(
      load.quarantined,
    );
    expect(load).toMatchObject({
      runId: expect.any(String),
      partitions: 7,
      files: 7,
      bytes: expect.any(Number),
    });
  });

  it('answers with rows that agree with each other and with the load', async () => {
    const days: { events: number; visitors: number }[] = await json(
      'query',
      'daily-visitors',
      ...place,
      ...week,
    );
    expect(days.reduce((sum, { events }) => sum + events, 0)).toBe(load.rowsOut);
    const [counted] = await json(
      'sql',
      'select count(*) as rows, count(distinct user_id) as users from clickstream',
      ...place,
    );
    expect(counted.rows).toBe(load.rowsOut);
    expect(Math.max(...days.map(({ visitors }) => visitors))).toBeLessThanOrEqual(counted.users);
  });

  it('gives the same rows in every form', async () => {
    const query = ['query', 'revenue', ...place, ...week, '--format'];
    const rows: { period: string; revenue: number }[] = JSON.parse((await run(...query, 'json')).stdout);
    const lines = (await run(...query, 'jsonl')).stdout.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(rows);
    const csv = (await run(...query, 'csv')).stdout
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    const column = (name: string) => csv[0]?.indexOf(name) ?? -1;
    expect(csv.slice(1).map((line) => Number(line[column('revenue')]))).toEqual(
      rows.map(({ revenue }) => revenue),
    );
    expect(
      (await run(...query, 'table')).stdout.split('\n').filter((line) => line.startsWith('2019-')),
    ).toHaveLength(7);
  });

  it('writes the rows to a file that is whole or not there', async () => {
    const query = ['query', 'revenue', ...place, ...week];
    const printed = await run(...query, '--format', 'csv');
    const out = join(folder, 'revenue.csv');
    expect(await run(...query, '--out', out)).toMatchObject({ code: 0, stdout: '' });
    expect(readFileSync(out, 'utf8')).toBe(printed.stdout);
    const told = JSON.parse((await run(...query, '--json', '--out', join(folder, 'revenue.jsonl'))).stdout);
    expect(told).toMatchObject({ format: 'jsonl', bytes: expect.any(Number) });

    const refused = await run(...query, '--out', join(folder, 'revenue.xls'));
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('its ending names no format') });
    const nowhere = await run(...query, '--out', join(folder, 'none', 'revenue.csv'));
    expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining('[OPTION_INVALID]') });
    const failed = await run('sql', "select error('no') from clickstream", ...place, '--out', out);
    expect(failed.code).toBe(1);
    expect(readFileSync(out, 'utf8')).toBe(printed.stdout);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
    // A device is not replaced by a file.
    const full = await run(...query, '--out', '/dev/full', '--format', 'csv');
    expect(full).toMatchObject({ code: 2, stderr: expect.stringContaining('ENOSPC') });
  });

  it('writes every row to every kind of output: -, a text file, compressed files', async () => {
    const query = ['sql', 'select event_time, user_id from clickstream order by all', ...place];
    const csv = await run(...query, '--format', 'csv');
    expect(csv.stdout.trim().split('\n')).toHaveLength(load.rowsOut + 1);
    expect(await run(...query, '--format', 'csv', '--out', '-')).toEqual(csv);
    const out = (name: string) => join(folder, name);
    expect(await run(...query, '--out', out('rows.csv.gz'))).toMatchObject({ code: 0, stdout: '' });
    expect(gunzipSync(readFileSync(out('rows.csv.gz'))).toString()).toBe(csv.stdout);
    expect(await run(...query, '--out', out('rows.jsonl.zst'))).toMatchObject({ code: 0 });
    const lines = zstdDecompressSync(readFileSync(out('rows.jsonl.zst')))
      .toString()
      .trim()
      .split('\n');
    expect(lines).toHaveLength(load.rowsOut);
    expect(await run(...query, '--out', out('rows.txt'))).toMatchObject({ code: 0 });
    const isRow = (line: string) => line.startsWith('2019-10-');
    expect(readFileSync(out('rows.txt'), 'utf8').split('\n').filter(isRow)).toHaveLength(load.rowsOut);
    expect((await run(...query)).stdout.split('\n').filter(isRow)).toHaveLength(load.rowsOut);
    const packed = await run(...query, '--out', out('rows.parquet.gz'));
    expect(packed).toMatchObject({ code: 2, stderr: expect.stringContaining('Leave out .gz') });
    // What is written compressed loads again.
    expect(
      await json('sql', 'select * exclude (dt) from clickstream', ...place, '--out', 'again.csv.gz'),
    ).toMatchObject({
      format: 'csv',
    });
    expect(await json('etl', 'run', 'again.csv.gz', '--lake', 'again', '--config', config)).toMatchObject({
      rowsIn: load.rowsOut,
      rowsOut: load.rowsOut,
    });
  });

  it('says so when there is nothing new, and nothing to show', async () => {
    const again = await run('etl', 'run', 'raw.csv', ...place);
    expect(again.stdout).toContain('Nothing new: ');
    expect(again.stdout).not.toContain('committed');
    expect((await run('sql', 'select 1 as a where false', ...place)).stdout).toBe('no rows\n');
    const early = ['--from', '2018-01-01', '--to', '2018-01-31'];
    expect((await run('query', 'revenue', ...early, ...place)).stdout).toBe(
      'no rows; the lake has 2019-10-01 to 2019-10-07\n',
    );
    expect((await run('sql', 'select 1 as a where false', ...place, '--format', 'csv')).stdout).toBe('a\n');
    expect((await run('sql', 'select 1 as a where false', ...place, '--format', 'json')).stdout).toBe('[]\n');
  });

  it('writes Arrow and Parquet that other readers read, value for value', async () => {
    const select =
      'select event_time, product_id, category_code, price, user_session, dt from clickstream order by all';
    const rows: Record<string, unknown>[] = await json('sql', select, ...place);
    const bin = fileURLToPath(new URL('../bin/headwater.js', import.meta.url));
    const bytes = (format: string) =>
      execFileSync(
        process.execPath,
        ['--conditions=@headwater/source', bin, 'sql', select, ...place, '--format', format],
        {
          cwd: folder,
          maxBuffer: 1e9,
        },
      );
    const table = tableFromIPC(bytes('arrow'));
    expect(table.numRows).toBe(rows.length);
    expect(table.getChild('product_id')?.get(0)).toBe(BigInt(String(rows[0]?.['product_id'])));
    writeFileSync(join(folder, 'out.parquet'), bytes('parquet'));
    const { parquetReadObjects, asyncBufferFromFile } = await import('hyparquet');
    const { compressors } = await import('./zstd.ts');
    const read = await parquetReadObjects({
      file: await asyncBufferFromFile(join(folder, 'out.parquet')),
      compressors,
    });
    const asJson = read.map((row) => ({
      ...row,
      event_time: (row['event_time'] as Date).toISOString(),
      product_id: Number(row['product_id']),
      // This reader multiplies decimals as floats.
      price: Number(Number(row['price']).toFixed(2)),
      dt: (row['dt'] as Date).toISOString().slice(0, 10),
    }));
    const expected = rows.map((row) => ({ ...row, price: Number(row['price']) }));
    expect(asJson.length).toBe(expected.length);
    asJson.forEach((row, index) => {
      expect(row).toEqual(expected[index]);
    });
  });

  it('takes one SELECT and nothing else, in any form', async () => {
    for (const format of ['table', 'arrow']) {
      const { code, stdout } = await run('sql', 'create table x as select 1', ...place, '--format', format);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    }
  });

  it('skips what was loaded before, verifies, and tells of damage with exit code 1', async () => {
    expect(await json('etl', 'run', 'raw.csv', ...place)).toMatchObject({
      rowsIn: 0,
      inputs: [{ skipped: true }],
    });
    expect(await json('etl', 'status', ...place)).toMatchObject({ rows: load.rowsOut, days: { count: 7 } });
    expect(await json('etl', 'verify', ...place)).toMatchObject({ ok: true, problems: [] });
    const { globSync } = await import('node:fs');
    const [file = ''] = globSync('lake/clickstream/dt=2019-10-03/*.parquet', { cwd: folder });
    const whole = readFileSync(join(folder, file));
    writeFileSync(join(folder, file), whole.subarray(0, whole.length - 1));
    const { code, stdout } = await run('etl', 'verify', ...place, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      problems: [{ file: expect.stringContaining('dt=2019-10-03') }],
    });
    writeFileSync(join(folder, file), whole);
  });

  it('commits nothing above --max-quarantine', async () => {
    const { code, stderr } = await run(
      'etl',
      'run',
      'raw.csv',
      '--config',
      config,
      '--lake',
      'strict',
      '--max-quarantine',
      '0.1%',
      '--json',
    );
    expect(code).toBe(1);
    expect(JSON.parse(stderr)).toMatchObject({ code: 'QUARANTINE_EXCEEDED' });
    expect((await run('etl', 'status', '--config', config, '--lake', 'strict')).code).toBe(1);
  });

  it('reads standard input', async () => {
    const { stdout } = await run('simulate', '--events', '500', '--seed', '3', '--out', '-');
    const { code, stdout: report } = await runCli(
      ['etl', 'run', '-', '--config', config, '--lake', 'piped', '--json'],
      {
        cwd: folder,
        input: stdout,
      },
    );
    expect(code).toBe(0);
    expect(JSON.parse(report)).toMatchObject({ rowsIn: 500 });
  });
});

describe('stopping', () => {
  it('by a signal leaves nothing behind and is exit code 130', async () => {
    const { code, stderr } = await runCli(['simulate', '--events', '100M', '--out', 'huge.csv'], {
      cwd: folder,
      started: async (child) => {
        await vi.waitUntil(() => readdirSync(folder).some((name) => name.includes('huge.csv')), 30_000);
        child.kill('SIGINT');
      },
    });
    expect(code).toBe(130);
    expect(stderr).toContain('stopped');
    expect(existsSync(join(folder, 'huge.csv'))).toBe(false);
  });

  it.each([
    ['simulate', '--events', '1M', '--out', '-'],
    ['sql', 'select * from clickstream', ...place, '--format', 'csv'],
  ])('of the reader of %s ends it quietly', async (...args) => {
    const { code, stderr } = await runCli(args, {
      cwd: folder,
      started: async ({ stdout }) => {
        if (!stdout) return;
        await once(stdout, 'data');
        stdout.destroy();
      },
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe('init', () => {
  it('makes a project that runs, once', async () => {
    expect((await run('init', 'shop')).code).toBe(0);
    // What npm install would bring.
    const shop = join(folder, 'shop');
    const scope = join(shop, 'node_modules', '@headwater');
    mkdirSync(scope, { recursive: true });
    const packages = dirname(dirname(import.meta.dirname));
    for (const name of ['cli', 'core']) symlinkSync(join(packages, name), join(scope, name), 'dir');
    symlinkSync(join(packages, 'cli', 'node_modules', 'zod'), join(shop, 'node_modules', 'zod'), 'dir');
    const inShop = (...args: readonly string[]) => runCli(args, { cwd: shop });
    expect((await inShop('simulate', '--events', '2k', '--out', 'raw.csv')).code).toBe(0);
    expect((await inShop('etl', 'run', 'raw.csv')).code).toBe(0);
    expect(JSON.parse((await inShop('query', 'daily-visitors', ...week, '--json')).stdout)).toHaveLength(7);
    expect((await inShop('init')).stderr).toContain('[OUTPUT_EXISTS]');
  });

  it('inside the clone makes a project that runs there, by the commands that it prints', async () => {
    const clone = join(import.meta.dirname, '..', '..', '..');
    const parent = mkdtempSync(join(clone, 'packages', 'cli', '.init-'));
    try {
      const { code, stdout } = await runCli(['init', 'my shop'], { cwd: parent });
      expect(code).toBe(0);
      const next = stdout
        .slice(stdout.indexOf('Next\n') + 5)
        .trim()
        .split('\n');
      expect(next).toHaveLength(4);
      expect(next[0]).toBe("cd 'my shop'");
      const { npm_lifecycle_event: _, INIT_CWD: __, ...env } = process.env;
      const script = next.join(' &&').replace('100k', '2k');
      const { status, stderr, ...ended } = spawnSync('sh', ['-c', script], {
        cwd: parent,
        env,
        encoding: 'utf8',
      });
      expect(status, stderr).toBe(0);
      expect(ended.stdout).toContain('2019-10-07');
    } finally {
      rmSync(parent, { recursive: true, force: true });
    }
  });
});

describe('demo', () => {
  it('runs without a config, twice', async () => {
    await json('demo', '--events', '20k');
    const { load, answers, next } = await json('demo', '--events', '20k');
    expect(load.rowsIn).toBe(load.rowsOut + load.duplicates + load.quarantined);
    expect(load.rowsIn).toBe(20_000);
    expect(answers.map(({ rows }: { rows: unknown[] | null }) => (rows?.length ?? 0) > 0)).not.toContain(
      false,
    );
    await expectToRun(next);
  });

  it("does the same with the user's own file", async () => {
    const { code, stdout } = await run('demo', 'raw.csv');
    expect(code).toBe(0);
    expect(stdout).toContain('rows in');
    expect(stdout).toContain('Abandoned carts');
    await expectToRun(printedCommands(stdout));
    const withConfig = await run('demo', 'raw.csv', '--config', config);
    await expectToRun(printedCommands(withConfig.stdout));
  });
});

/** The command lines that an output suggests. */
const printedCommands = (output: string): string[] =>
  output.split('\n').flatMap((line) => /npm (--prefix \S+ )?run -s headwater -- .*/.exec(line)?.[0] ?? []);

/** Runs command lines as they were printed, in a shell, where `npm run -s headwater --` is this command. */
async function expectToRun(lines: readonly string[]): Promise<void> {
  expect(lines.length).toBeGreaterThan(5);
  const bin = fileURLToPath(new URL('../bin/headwater.js', import.meta.url));
  for (const line of lines) {
    const words = line.replace(
      /npm (?:--prefix \S+ )?run -s headwater --/,
      () => '"$0" --conditions=@headwater/source "$1"',
    );
    const { status, stdout, stderr } = spawnSync('sh', ['-c', words, process.execPath, bin], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(status, `${line}\n${stderr}`).toBe(0);
    // An option without sense, such as `--help false`, would print the help.
    if (!line.endsWith(' --help')) expect(stdout, line).not.toContain('Usage\n');
  }
}
