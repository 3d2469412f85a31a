import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../running/free-port.ts';
import { SetupError } from '../../setup-error.ts';
import { jsonCall } from '../aws-call.ts';

/** A kinesis-local server of one test file. */
export interface KinesisServer {
  readonly url: string;
  /** Stops it; what it stored is lost. */
  stop(): Promise<void>;
}

// The server ends when the pipe to its standard input closes, so none outlives a test run that is killed.
const supervise = `data:text/javascript,${encodeURIComponent("process.stdin.on('end', () => process.exit()).resume()")}`;

/** Milliseconds until a start counts as failed; it takes a second on an idle machine. */
const patience = 60_000;

/** How long changes of streams and shards take: long enough to be seen, too short to wait for. */
const durations = Object.fromEntries(
  ['CREATE_STREAM', 'DELETE_STREAM', 'SPLIT_SHARD', 'MERGE_SHARDS', 'UPDATE_SHARD_COUNT'].map((change) => [
    `${change}_DURATION`,
    '50ms',
  ]),
);

/** @throws SetupError when it does not start */
export async function startKinesis(): Promise<KinesisServer> {
  const require = createRequire(import.meta.url);
  const program = require.resolve('kinesis-local');
  const folder = mkdtempSync(join(tmpdir(), 'headwater-kinesis-'));
  const port = await freePort('HEADWATER_KINESIS_PORT');
  const log = join(folder, 'log.txt');
  const output = openSync(log, 'w');
  const child = spawn(process.execPath, ['--import', supervise, program], {
    // It looks for the certificate of its other port there.
    cwd: dirname(program),
    env: {
      ...process.env,
      ...durations,
      KINESIS_MOCK_PLAIN_PORT: String(port),
      KINESIS_MOCK_TLS_PORT: String(await freePort('HEADWATER_KINESIS_TLS_PORT')),
      LOG_LEVEL: 'WARN',
    },
    stdio: ['pipe', output, output],
    detached: true, // Ctrl-C in the terminal reaches the tests, which end it
  });
  closeSync(output);
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    child.stdin?.end();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  };
  for (const started = performance.now(); !(await answers(url)); await pause(50)) {
    if (child.exitCode === null && performance.now() - started < patience) continue;
    const text = readFileSync(log, 'utf8').split('\n').slice(-15).join('\n');
    await stop();
    throw new SetupError(`kinesis-local does not answer:\n${text}`, 'The end of its log is above');
  }
  return { url, stop };
}

const answers = (url: string): Promise<boolean> =>
  jsonCall(url, 'kinesis', 'Kinesis_20131202.ListStreams', {}, '1.1')
    .then(() => true)
    .catch(() => false);
