import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import { awsPython } from '../install/aws-python.ts';
import { findJava, javaOf } from '../install/find-java.ts';
import { installPython, interpreterOf } from '../install/python-environment.ts';
import { installTrino, trinoFolder, trinoJava } from '../install/trino.ts';
import { stopAll } from './down.ts';
import { silentParts } from './endpoints.ts';
import { freePort } from './free-port.ts';
import { isRunning } from './process-table.ts';
import { partNames, type RunningState, readRunningState, writeRunningState } from './running-state.ts';
import { type PartProgram, startPart, waitUntilReady } from './start-part.ts';
import { trinoArguments, trinoConfiguration } from './trino-configuration.ts';
import { waitUntilScanned } from './wait-until-scanned.ts';
import { withLock } from './with-lock.ts';

/** Maximum milliseconds until a part answers; Trino takes 15 s on two idle cores. */
const patience = { moto: 60_000, trino: 300_000, aws: 30_000 } as const;

/** The result of `up`. */
export interface UpResult {
  readonly state: RunningState;
  /** False when everything was already running. */
  readonly isNew: boolean;
}

/**
 * Installs what is missing, starts the emulator, Trino and the façade on free ports of this machine, and waits until
 * they answer and a query reads a table. Does nothing when they already run.
 *
 * @throws SetupError, after stopping what it started
 */
export function up(): Promise<UpResult> {
  return withLock(async () => {
    const last = readRunningState();
    if (last !== undefined && (await isWhole(last))) return { state: last, isNew: false };
    await stopAll();
    await installPython(awsPython);
    await installTrino(interpreterOf(awsPython));
    try {
      return { state: await startAll(), isNew: true };
    } catch (error) {
      await stopAll();
      throw error;
    }
  });
}

async function isWhole(state: RunningState): Promise<boolean> {
  const alive = partNames.every((name) => {
    const identity = state.processes[name];
    return identity !== undefined && isRunning(identity);
  });
  return alive && (await silentParts(state)).length === 0;
}

async function startAll(): Promise<RunningState> {
  const ports = {
    moto: await freePort('HEADWATER_MOTO_PORT'),
    trino: await freePort('HEADWATER_TRINO_PORT'),
    aws: await freePort('HEADWATER_AWS_PORT'),
  };
  const addresses = {
    moto: `http://127.0.0.1:${ports.moto}`,
    trino: `http://127.0.0.1:${ports.trino}`,
    aws: `http://127.0.0.1:${ports.aws}`,
  };
  const state: RunningState = { ...addresses, python: interpreterOf(awsPython), processes: {} };
  const programs: readonly PartProgram[] = [
    {
      name: 'moto',
      program: interpreterOf(awsPython),
      args: ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(ports.moto)],
    },
    await trinoProgram(ports.trino, addresses),
    {
      name: 'aws',
      program: process.execPath,
      args: [join(import.meta.dirname, '..', 'facade', 'serve.ts')],
      env: {
        HEADWATER_AWS_PORT: String(ports.aws),
        HEADWATER_MOTO_URL: addresses.moto,
        HEADWATER_TRINO_URL: addresses.trino,
        HEADWATER_RESULTS_FOLDER: join(runFolder(), 'results'),
      },
    },
  ];
  for (const program of programs) {
    state.processes[program.name] = await startPart(program);
    writeRunningState(state); // after each start, so that `down` finds it whatever happens next
  }
  await Promise.all(
    Object.entries(state.processes).map(([name, identity]) => {
      const part = partNames.find((known) => known === name);
      return part && waitUntilReady(part, addresses[part], identity, patience[part]);
    }),
  );
  await waitUntilScanned(addresses, patience.trino);
  return state;
}

/** The folder for Trino's data and the results of queries, which `down` removes. */
function runFolder(): string {
  return join(cacheFolder(), 'run');
}

async function trinoProgram(
  port: number,
  { moto, aws }: Pick<RunningState, 'moto' | 'aws'>,
): Promise<PartProgram> {
  const folder = join(runFolder(), 'trino');
  const place = { port, moto, aws, folder };
  await rm(runFolder(), { recursive: true, force: true });
  for (const [name, text] of Object.entries(trinoConfiguration(place))) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  // Trino looks for both in its working folder.
  for (const name of ['plugin', 'secrets-plugin'])
    await symlink(join(trinoFolder(), name), join(folder, name));
  return {
    name: 'trino',
    program: javaOf(findJava(trinoJava, 'Trino')),
    args: ['-cp', join(trinoFolder(), 'lib', '*'), ...trinoArguments(place)],
    cwd: folder,
  };
}
