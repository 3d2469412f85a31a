import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import { flinkEnvironment, installFlink } from '../install/flink.ts';
import { installSpark, sparkEnvironment, sparkInterpreter } from '../install/spark.ts';
import { withLock } from '../running/with-lock.ts';
import { SetupError } from '../setup-error.ts';
import type { EnginesCommand } from './engines-command.ts';
import { exportsOf } from './environment.ts';

/** A program that computes 6 × 7, and how it prints the answer. */
interface Trial {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly answer: RegExp;
  /** The command of Headwater that uses the engine in the same environment. */
  readonly usedBy?: string;
}

const trials: Readonly<Record<string, () => Promise<Trial>>> = {
  async spark() {
    await installSpark();
    const program = `from pyspark.sql import SparkSession
spark = SparkSession.builder.master('local[2]').config('spark.ui.enabled', 'false').getOrCreate()
print(spark.version, spark.sql('select 6 * 7 as answer').collect())`;
    return {
      program: sparkInterpreter(),
      args: ['-c', program],
      env: sparkEnvironment(),
      answer: /^3\.5\.6 \[Row\(answer=42\)\]$/m,
      usedBy: 'headwater etl run --engine spark',
    };
  },
  async flink() {
    await installFlink();
    const env = flinkEnvironment();
    const folder = join(cacheFolder(), 'logs', 'flink');
    mkdirSync(folder, { recursive: true });
    const script = join(folder, 'try.sql');
    const settings = {
      'execution.target': 'local', // in the client itself, without a cluster
      'execution.runtime-mode': 'batch',
      'sql-client.execution.result-mode': 'tableau',
    };
    const lines = Object.entries(settings).map(([name, value]) => `SET '${name}' = '${value}';\n`);
    writeFileSync(script, `${lines.join('')}SELECT 6 * 7 AS answer;\n`);
    return {
      program: 'bash', // packages from PyPI are not marked executable
      args: [join(env.FLINK_HOME, 'bin', 'sql-client.sh'), '-f', script],
      env: { ...env, FLINK_LOG_DIR: folder },
      answer: /^\|\s*42 \|$/m,
    };
  },
};

/** `engines try` */
export const tryEngines: EnginesCommand = {
  usage: `try <${Object.keys(trials).join('|')}>...`,
  summary: 'install Spark or Flink if it is missing, and run one trivial statement on it',
  async run(names) {
    if (names.length === 0 || names.some((name) => trials[name] === undefined)) {
      console.error(`Name one or more of: ${Object.keys(trials).join(', ')}`);
      return 2;
    }
    for (const name of names) {
      const trial = await withLock(async () => trials[name]?.());
      if (trial !== undefined) runTrial(name, trial);
    }
    return 0;
  },
};

function runTrial(name: string, { program, args, env, answer, usedBy }: Trial): void {
  const begun = performance.now();
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    timeout: 300_000,
  });
  if (status !== 0 || !answer.test(stdout))
    throw new SetupError(
      `${name} gave no answer: ${error?.message ?? `status ${status}`}\n${stdout}${stderr}\n`,
      'Its output is above',
    );
  console.log(`${name}: answered after ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  if (usedBy !== undefined) console.log(`For \`${usedBy}\`:\n${exportsOf(env)}`);
}
