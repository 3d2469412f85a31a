import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import { freePort } from '../running/free-port.ts';
import { awsInterpreter } from './aws-interpreter.ts';

/** Step Functions, which runs state machines. */
export interface StateMachines {
  /** Its address, once the tests run. */
  readonly url: string;
}

/** Maximum milliseconds until it answers. */
const patience = 60_000;

/**
 * Starts an interpreter of the Amazon States Language before the tests of the calling file or `describe`: the one of moto, in a process
 * of its own. Its tasks call the services at the address of the tests: Glue, S3, SNS, SQS. A state machine waits, repeats, catches and
 * times out as its definition says, in real time. Definitions in JSONata are not run.
 *
 * @param services gives the address of the services, `http://127.0.0.1:port`, when the tests start
 * @example const stateMachines = useStateMachines(() => aws.endpoints.aws);
 */
export function useStateMachines(services: () => string): StateMachines {
  let url = '';
  let child: ChildProcess | undefined;
  beforeAll(async () => {
    const port = await freePort('HEADWATER_STATES_PORT');
    url = `http://127.0.0.1:${port}`;
    child = spawn(
      awsInterpreter(),
      [join(import.meta.dirname, 'state_machines.py'), String(port)],
      // The tasks call this port of the machine.
      { env: { ...process.env, MOTO_PORT: new URL(services()).port }, stdio: 'ignore' },
    );
    await whenReady(url, child);
  }, patience);
  afterAll(async () => {
    if (child === undefined || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL'); // it keeps no data, and threads of executions would hold it
    await ended;
  });
  return {
    get url() {
      return url;
    },
  };
}

async function whenReady(url: string, child: ChildProcess): Promise<void> {
  const started = performance.now();
  for (;;) {
    const answer = await fetch(`${url}/moto-api/config`).catch(() => undefined);
    if (answer?.ok === true) return;
    if (child.exitCode !== null || performance.now() - started > patience)
      throw new Error('The interpreter of state machines did not start');
    await pause(100);
  }
}
