import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { afterAll, beforeAll } from 'vitest';
import { z } from 'zod';
import { sparkEnvironment, sparkInterpreter } from '../../install/spark.ts';

/** A relation that a statement reads: a temporary view of the session. */
export interface SparkTable {
  /** The columns in order, each with its type as Spark writes it: `{ input: 'INT', r0: 'STRING' }`. */
  readonly columns: Readonly<Record<string, string>>;
  /** The rows; each value is a text, which is cast to the type of its column, or null. An array, a struct or a map is JSON. */
  readonly rows: Iterable<readonly (string | null)[]>;
}

/** The rows of a statement. */
export interface SparkAnswer {
  /** The name and the type of each column, such as `['v0', 'decimal(10,2)']`. None for a statement without rows. */
  readonly columns: readonly (readonly [name: string, type: string])[];
  /**
   * The rows. A value is the text that Spark casts it to, so that no digit is lost, and a decimal never has an exponent; an array, a
   * struct or a map is JSON; bytes are hexadecimal digits.
   */
  readonly rows: readonly (readonly (string | null)[])[];
}

/** A Spark session of the tests of one file. */
export interface TestSpark {
  /**
   * Runs one statement.
   *
   * @param tables relations to create for it first, by name
   * @throws Error with Spark's message
   */
  run(sql: string, tables?: Readonly<Record<string, SparkTable>>): Promise<SparkAnswer>;
}

const answerLine = z.object({
  ready: z.string().optional(),
  error: z.string().optional(),
  columns: z.array(z.tuple([z.string(), z.string()])).optional(),
});
const rowLine = z.array(z.string().nullable());

/** A session: the process, its answers in the order of the requests, and its folder. */
interface Session {
  readonly child: ChildProcess;
  readonly answers: AsyncIterator<string>;
  readonly folder: string;
}

/**
 * Starts PySpark before the tests of the calling file or `describe`, and stops it afterwards. The start takes 3 to 10 seconds, so
 * one session serves all tests. The name of a test file that uses it ends in `.spark.engine.test.ts`: without Spark it is skipped.
 *
 * @param settings settings of the session, such as `{ 'spark.sql.session.timeZone': 'UTC' }`
 * @example
 * const spark = useSpark(sparkSettings);
 * test('trims', async () => {
 *   const t = { columns: { a: 'STRING' }, rows: [[' x']] };
 *   expect((await spark.run('SELECT trim(a) FROM t', { t })).rows).toEqual([['x']]);
 * });
 */
export function useSpark(settings: Readonly<Record<string, string>> = {}): TestSpark {
  let session: Session | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let count = 0;
  beforeAll(async () => {
    session = await start(settings);
  });
  afterAll(async () => {
    if (session) await stop(session);
  });
  return {
    run(sql, tables = {}) {
      const number = count++;
      const answer = last.then(() => {
        if (!session) throw new Error('Spark runs inside of tests and hooks only');
        return ask(session, number, sql, tables);
      });
      // The session takes one request after the other. One that failed does not stop the next.
      last = answer.catch(() => undefined);
      return answer;
    },
  };
}

async function start(settings: Readonly<Record<string, string>>): Promise<Session> {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-spark-'));
  const log = openSync(join(folder, 'log.txt'), 'w');
  const child = spawn(sparkInterpreter(), [join(import.meta.dirname, 'spark_session.py')], {
    cwd: folder,
    env: {
      ...process.env,
      ...sparkEnvironment(),
      SPARK_LOCAL_IP: '127.0.0.1',
      SPARK_LOCAL_DIRS: folder,
      // The compiler that is quick to start takes half of the time of a short session.
      JAVA_TOOL_OPTIONS: '-XX:TieredStopAtLevel=1',
    },
    stdio: ['pipe', log, log, 'pipe'],
  });
  closeSync(log);
  const answers = createInterface({ input: child.stdio[3] as Readable })[Symbol.asyncIterator]();
  const session = { child, answers, folder };
  child.stdin?.write(`${JSON.stringify({ 'spark.local.dir': folder, ...settings })}\n`);
  await nextAnswer(session);
  return session;
}

async function nextAnswer({ answers, folder }: Session): Promise<z.infer<typeof answerLine>> {
  const { value, done } = await answers.next();
  if (done) {
    const log = await readFile(join(folder, 'log.txt'), 'utf8');
    throw new Error(`Spark ended:\n${log.trimEnd().split('\n').slice(-30).join('\n')}`);
  }
  const answer = answerLine.parse(JSON.parse(value));
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer;
}

async function ask(
  session: Session,
  number: number,
  sql: string,
  tables: Readonly<Record<string, SparkTable>>,
): Promise<SparkAnswer> {
  const folder = join(session.folder, `rows-${number}`);
  const views = Object.entries(tables).map(async ([name, { columns, rows }], index) => {
    const file = join(session.folder, `table-${number}-${index}.jsonl`);
    await writeFile(file, Array.from(rows, (row) => `${JSON.stringify(row)}\n`).join(''));
    return { name, file, columns: Object.entries(columns) };
  });
  session.child.stdin?.write(`${JSON.stringify({ tables: await Promise.all(views), sql, folder })}\n`);
  const { columns = [] } = await nextAnswer(session);
  if (columns.length === 0) return { columns, rows: [] };
  const rows = await readRows(folder);
  const decimals = columns.map(([, type]) => type.startsWith('decimal'));
  return {
    columns,
    rows: rows.map((row) => row.map((text, index) => (decimals[index] ? plainDecimal(text) : text))),
  };
}

/** A decimal in plain digits: a cast of Spark writes small ones with an exponent. */
function plainDecimal(text: string | null): string | null {
  const [, sign = '', whole = '', fraction = '', places] =
    /^(-?)([0-9]+)(?:\.([0-9]+))?E-([0-9]+)$/.exec(text ?? '') ?? [];
  if (places === undefined) return text;
  const digits = (whole + fraction).padStart(Number(places) + fraction.length + 1, '0');
  const point = digits.length - fraction.length - Number(places);
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** The rows in the files of a folder, in the order of Spark's partitions. */
async function readRows(folder: string): Promise<(string | null)[][]> {
  const files = (await readdir(folder)).filter((name) => name.startsWith('part-')).sort();
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  await rm(folder, { recursive: true });
  return texts.flatMap((text) =>
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => rowLine.parse(JSON.parse(line))),
  );
}

async function stop({ child, folder }: Session): Promise<void> {
  const ended = child.exitCode === null ? once(child, 'exit') : undefined;
  // The program ends with its input, and Java with the program.
  child.stdin?.end();
  const timer = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await ended;
  clearTimeout(timer);
  await rm(folder, { recursive: true, force: true });
}
