import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { simulateToFile } from '@headwater/simulator';
import { buildPackages } from './build-packages.ts';
import type { Contender } from './contender.ts';
import { type LoadedSize, printThroughput } from './load-throughput.ts';
import { type PairedResult, printPaired, timePaired } from './paired.ts';

const program = (name: string): string => fileURLToPath(new URL(`programs/${name}`, import.meta.url));

/**
 * Times our whole load, as published, against the fastest bare DuckDB statement known, and with `peers` against the same
 * work in polars and pandas. All run as whole processes on the same file. With `spark`, times the load by Spark against ours by DuckDB.
 */
export async function benchLoad(options: {
  rows: readonly number[];
  rounds: number;
  peers: boolean;
  engine: 'duckdb' | 'spark';
}): Promise<void> {
  buildPackages();
  const folder = join(tmpdir(), 'headwater-bench');
  mkdirSync(folder, { recursive: true });
  const python = process.env['HEADWATER_PYTHON'] ?? 'python3';
  const ours: number[] = [];
  const sizes = new Map<string, LoadedSize[]>();
  for (const rows of options.rows) {
    const input = join(folder, `events-${rows}.csv`);
    if (!existsSync(input)) {
      process.stderr.write(`  simulating ${rows} rows\n`);
      await simulateToFile({ events: rows, days: 31, start: '2019-10-01', seed: 1, out: input });
    }
    const contender = (name: string, command: readonly [string, ...string[]]): Contender => {
      const out = join(folder, `out-${name.replaceAll(/[^a-z]+/gi, '-')}`);
      return {
        name,
        command: [...command, out, input] as [string, ...string[]],
        prepare: () => rmSync(out, { recursive: true, force: true }),
      };
    };
    const node = (file: string): [string, ...string[]] => [process.execPath, program(file)];
    const results = timePaired(
      [
        ...(options.engine === 'spark' ? [contender('headwater, Spark', node('load-lake-spark.ts'))] : []),
        contender('headwater', node('load-lake.ts')),
        ...(options.engine === 'spark' ? [] : [contender('bare DuckDB', node('bare-statement.ts'))]),
        ...(options.peers
          ? [
              contender('polars', [python, program('polars_load.py')]),
              contender('pandas', [python, program('pandas_load.py')]),
            ]
          : []),
      ],
      options.rounds,
      // Spark is compared by processor time, which files that were not read before do not change; a round of it takes minutes.
      options.engine !== 'spark',
    );
    assertSameRows(results);
    ours.push(results[0]?.seconds ?? Number.NaN);
    printPaired(`load, ${rows.toLocaleString('en-US')} rows`, results);
    const bytes = statSync(input).size;
    for (const { name, cpuSeconds } of results) {
      sizes.set(name, [...(sizes.get(name) ?? []), { rows, bytes, cpuSeconds }]);
      process.stdout.write(
        `  ${name}: ${Math.round(rows / cpuSeconds).toLocaleString('en-US')} rows per second of a processor\n`,
      );
    }
  }
  printThroughput(sizes);
  const [small, large] = [ours[0], ours.at(-1)];
  const [fewer, more] = [options.rows[0], options.rows.at(-1)];
  if (small && large && fewer && more && more > fewer) {
    process.stdout.write(
      `\ngrowth: ${(large / small).toFixed(2)} times the time for ${(more / fewer).toFixed(1)} times the rows\n`,
    );
  }
}

/** Fails when the contenders wrote different numbers of rows, because they did different work. */
function assertSameRows(results: readonly PairedResult[]): void {
  const [first] = results;
  const other = results.find(({ rows }) => rows !== first?.rows);
  if (other) throw new Error(`${other.name} wrote ${other.rows} rows, ${first?.name} ${first?.rows}`);
}
