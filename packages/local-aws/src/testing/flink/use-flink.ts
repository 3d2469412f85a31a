import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { describedColumns, type FlinkAnswer, readRows, selectInto } from './flink-answer.ts';
import { type SqlClient, startSqlClient } from './sql-client.ts';

/** How statements are run. */
export interface FlinkRunOptions {
  /** Defaults to `streaming`. */
  readonly mode?: 'batch' | 'streaming';
  /** Seconds after which Flink is killed. Defaults to 240, because it takes 10 on an idle machine and a minute on a busy one. */
  readonly seconds?: number;
}

/** Statements that Flink runs. */
export interface FlinkRun {
  /**
   * An answer for each statement. Rejects with the statement that failed, and Flink's reason, or with the statement that was running when
   * the time was up.
   */
  readonly answers: Promise<readonly FlinkAnswer[]>;
  /** Ends Flink, and with it a job over a stream. */
  stop(): Promise<void>;
}

/** The Flink of the tests of one file. */
export interface TestFlink {
  /** A folder for files that statements read and write. It is removed after the tests. */
  readonly folder: string;
  /**
   * Runs statements, one after the other, in one session. A SELECT has to be one whose rows never change: in batch mode all are.
   *
   * @throws Error with the statement that failed and Flink's reason
   */
  run(statements: readonly string[], options?: FlinkRunOptions): Promise<readonly FlinkAnswer[]>;
  /** Starts statements of which the last is a job over a stream, which does not end by itself. */
  start(statements: readonly string[], options?: FlinkRunOptions): Promise<FlinkRun>;
}

const settings = {
  'execution.target': 'local', // in the client itself
  'table.dml-sync': 'true', // the client waits for a job before it runs the next statement
  'table.local-time-zone': 'UTC',
  'parallelism.default': '1',
  'sql-client.execution.result-mode': 'tableau',
  'table.display.max-column-width': '10000',
  // A job that fails would start again for ever.
  'restart-strategy.type': 'none',
};

/**
 * Runs Flink SQL in the tests of the calling file or `describe`, by Flink's SQL client. Each run starts a Java of its own, which takes about
 * seven seconds: put the statements of a file into one. The name of a test file that uses it ends in `.flink.engine.test.ts`: without Flink it
 * is skipped. Kinesis is to be had by the connector `kinesis` with the options of Studio (`deriveFlinkTable`, `kinesis-legacy`).
 *
 * @example
 * const flink = useFlink();
 * test('multiplies', async () => {
 *   const [answer] = await flink.run(['SELECT 6 * 7 AS answer']);
 *   expect(answer?.rows).toEqual([['42']]);
 * });
 */
export function useFlink(): TestFlink {
  let folder: string | undefined;
  let count = 0;
  const clients = new Set<SqlClient>();
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headwater-flink-'));
  });
  afterAll(async () => {
    await Promise.all([...clients].map((client) => client.stop()));
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });
  const inFolder = (): string => {
    if (folder === undefined) throw new Error('Flink runs inside of tests and hooks only');
    return folder;
  };
  const start: TestFlink['start'] = async (statements, { mode = 'streaming', seconds = 240 } = {}) => {
    const own = join(inFolder(), `run-${count++}`);
    const setting = Object.entries({ ...settings, 'execution.runtime-mode': mode }).map(
      ([name, value]) => `SET '${name}' = '${value}'`,
    );
    const rowsOf = (index: number): string => join(own, `rows-${index}`);
    const parts = statements.map((statement, index) =>
      isSelect(statement) ? selectInto(statement, `answer_${index}`, rowsOf(index)) : [statement],
    );
    const client = await startSqlClient({
      statements: [...setting, ...parts.flat()],
      folder: own,
      seconds,
    });
    clients.add(client);
    const answers = client.printed.then(async (pieces) => {
      clients.delete(client);
      const left = pieces.slice(setting.length);
      const found: FlinkAnswer[] = [];
      for (const [index, part] of parts.entries()) {
        const printed = left.splice(0, part.length);
        if (printed.length < part.length) break; // it was stopped
        const columns = part.length > 1 ? describedColumns(printed[1] ?? '') : [];
        const rows = part.length > 1 ? await readRows(rowsOf(index), columns) : [];
        found.push({ columns, rows, printed: printed.at(-1) ?? '' });
      }
      return found;
    });
    answers.catch(() => undefined);
    return { answers, stop: () => client.stop() };
  };
  return {
    get folder() {
      return inFolder();
    },
    start,
    run: async (statements, options) => (await start(statements, options)).answers,
  };
}

/** Whether a statement gives rows that are written into files. Comments may stand before it. */
const isSelect = (statement: string): boolean =>
  /^(?:\s*--[^\n]*\n)*\s*(?:SELECT|WITH|VALUES)\b/i.test(statement);
