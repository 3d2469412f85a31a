import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { flinkEnvironment, kinesisConnectorJar } from '../../install/flink.ts';

/** A script of Flink's SQL client. */
export interface SqlScript {
  /** The statements, without a semicolon at the end. */
  readonly statements: readonly string[];
  /** A new folder for its files. */
  readonly folder: string;
  /** Seconds after which it is killed. */
  readonly seconds: number;
}

/** A client that runs. */
export interface SqlClient {
  /** What it printed for each statement. Rejects with the statement that failed, or that was running when the time was up. */
  readonly printed: Promise<readonly string[]>;
  /** Kills it, with the job that it runs. `printed` then has the statements that ended. */
  stop(): Promise<void>;
}

// The client ends with the process that started it, whose end closes the pipe.
const supervised = `{ read -r _ <&3; kill -KILL 0; } >/dev/null 2>&1 & exec bash "$0" "$@" 3<&-`;

/** Starts Flink's SQL client in a process group of its own. Flink runs in the client itself: there is no cluster. */
export async function startSqlClient({ statements, folder, seconds }: SqlScript): Promise<SqlClient> {
  await mkdir(folder, { recursive: true });
  const script = join(folder, 'script.sql');
  const output = join(folder, 'output.txt');
  await writeFile(script, statements.map((statement) => `${inOneLine(statement)};\n`).join(''));
  const env = flinkEnvironment();
  const target = openSync(output, 'w');
  const child = spawn(
    'bash', // packages from PyPI are not marked executable
    [
      ...['-c', supervised, join(env.FLINK_HOME, 'bin', 'sql-client.sh')],
      ...['-f', script, '-j', kinesisConnectorJar(), '-hist', join(folder, 'history')],
    ],
    {
      cwd: folder,
      env: {
        ...process.env,
        ...env,
        FLINK_LOG_DIR: folder,
        // Runs of tests are short: the second compiler costs more than it saves. The planner is unpacked into the folder.
        JVM_ARGS: `-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx1g -Duser.timezone=UTC -Djava.io.tmpdir=${folder}`,
        // The emulators of Kinesis speak JSON alone, and the connector would read nothing, without an error.
        AWS_CBOR_DISABLE: '1',
      },
      stdio: ['ignore', target, target, 'pipe'],
      detached: true,
    },
  );
  closeSync(target);
  const kill = (): void => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      // It has ended.
    }
  };
  let ending: 'itself' | 'stopped' | 'late' = 'itself';
  const timer = setTimeout(() => {
    ending = 'late';
    kill();
  }, seconds * 1000);
  const ended = once(child, 'exit').then(() => {
    clearTimeout(timer);
    kill(); // the process that waits for the pipe
    child.stdio[3]?.destroy();
  });
  const printed = ended.then(async () => {
    const [before = '', ...pieces] = piecesOf(await readFile(output, 'utf8'));
    const running = statements[pieces.length - 1];
    if (ending === 'late')
      throw new Error(
        `Flink was killed after ${seconds} s, while it ${running === undefined ? 'started' : `ran\n${running}`}`,
      );
    const last = pieces.at(-1) ?? '';
    const error = last.indexOf('[ERROR]'); // it repeats some statements before it says what became of them
    if (error >= 0) throw new Error(`Flink refused\n${running}\n${last.slice(error + 8)}`);
    // After the last statement it asks for another one.
    if (ending === 'itself' && pieces.length !== statements.length + 1)
      throw new Error(`Flink's SQL client ended early:\n${[before, ...pieces].join('\n')}`);
    return pieces.slice(0, -1);
  });
  // A caller that stops the client may not want to know what it printed.
  printed.catch(() => undefined);
  return {
    printed,
    async stop() {
      if (ending === 'itself') ending = 'stopped';
      kill();
      await ended;
    },
  };
}

/** A statement without its comments, in one line. The client parses a statement again with each line, to see whether it is complete. */
const inOneLine = (statement: string): string =>
  statement.replace(/'(?:[^']|'')*'|`[^`]*`|--[^\n]*|\s*\n\s*/g, (part) =>
    /^['`]/.test(part) ? part : part.startsWith('--') ? '' : ' ',
  );

/**
 * What the client printed before its first prompt, and after each of them. Its exit status is 0 even when a statement failed, and the rest is
 * skipped.
 */
const piecesOf = (output: string): string[] =>
  stripVTControlCharacters(output)
    .replace(/\n\nShutting down the session[\s\S]*$/, '')
    .split(/^Flink SQL> /m)
    .map((piece) => piece.trim());
