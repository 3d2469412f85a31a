import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { postgresPrograms } from '../../install/postgres.ts';
import { freePort } from '../../running/free-port.ts';
import { SetupError } from '../../setup-error.ts';

/** A PostgreSQL server of one test file. */
export interface PostgresServer {
  /** The connection URL of its superuser, with a password. */
  readonly url: string;
  /** Stops it and removes its folder. */
  stop(): Promise<void>;
}

// The shell ends the server when the pipe to its standard input closes, so no server outlives a test run that is killed.
const supervise = `exec 3<&0
"$@" & server=$!
{ read -r end <&3; kill -QUIT $server; } &
wait $server`;

/** Milliseconds until a start counts as failed; it takes half a second on an idle machine. */
const patience = 60_000;

/**
 * Starts a PostgreSQL with an empty database in a folder of its own, on a free port of 127.0.0.1.
 *
 * Its texts sort by a language (ICU, en-US) by default, as they do on most servers, so that a statement that depends on
 * the order of bytes has to say so. It does not wait for disks.
 *
 * @throws SetupError when it does not start
 */
export async function startPostgres(): Promise<PostgresServer> {
  const { initdb, postgres, user } = postgresPrograms();
  const folder = mkdtempSync(join(tmpdir(), 'headwater-postgres-'));
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const password = 'secret of tests';
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password);
  const made = spawnSync(
    initdb,
    [
      ...['--pgdata', data, '--username', 'tester', '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
      ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'icu', '--icu-locale', 'en-US'],
      '--no-sync',
    ],
    { ...user, cwd: folder, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new SetupError(`initdb failed: ${made.stderr}`, `Its folder is ${folder}`);
  const port = await freePort('HEADWATER_POSTGRES_PORT');
  const log = join(folder, 'log.txt');
  const output = openSync(log, 'w');
  const settings = { fsync: 'off', listen_addresses: '127.0.0.1', unix_socket_directories: '', port };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn('sh', ['-c', supervise, 'sh', postgres, '-D', data, ...args], {
    ...user,
    cwd: folder,
    stdio: ['pipe', output, output],
    detached: true, // Ctrl-C in the terminal reaches the tests, which end it
  });
  closeSync(output);
  const url = `postgres://tester:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
  const stop = async () => {
    child.stdin?.end();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    rmSync(folder, { recursive: true, force: true });
  };
  for (const started = performance.now(); !(await accepts(url)); await pause(50)) {
    if (child.exitCode === null && performance.now() - started < patience) continue;
    const text = readFileSync(log, 'utf8');
    await stop();
    throw new SetupError(`PostgreSQL does not answer:\n${text}`, 'The end of its log is above');
  }
  return { url, stop };
}

async function accepts(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined); // a server that is still starting hangs up
  return client
    .connect()
    .then(() => true)
    .catch(() => false)
    .finally(() => client.end());
}
