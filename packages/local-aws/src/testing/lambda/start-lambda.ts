import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { OneAtATime } from '../../facade/serial/one-at-a-time.ts';
import { RuntimeApi, type RuntimeError } from './runtime-api.ts';

/** A function to run as Lambda does. */
export interface LambdaOptions {
  /** The path of its module, such as `/tmp/sessions/index.mjs`, which exports `handler`. */
  readonly module: string;
  /** Environment variables of the function. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** Defaults to 30. An invocation that takes longer fails, and its process is killed. */
  readonly timeoutSeconds?: number | undefined;
  /** The arguments of Node that start a runtime client. Defaults to a stand-in for AWS's. */
  readonly client?: readonly string[] | undefined;
}

/** An invocation that failed: what the handler threw, a timeout, or a process that ended. */
export class LambdaFailure extends Error {
  override readonly name = 'LambdaFailure';
  readonly errorType: string;

  constructor({ errorType, errorMessage }: RuntimeError) {
    super(`${errorType}: ${errorMessage}`);
    this.errorType = errorType;
  }
}

/** A function with one execution environment, which lasts until it fails. */
export interface LocalLambda extends AsyncDisposable {
  /**
   * Invokes the function, and starts its process first if there is none. Invocations wait for each other.
   *
   * @returns what the handler gave, as JSON has it
   * @throws LambdaFailure
   */
  invoke(event: unknown): Promise<unknown>;
  /** Starts its process, if there is none. @throws LambdaFailure */
  start(): Promise<void>;
  /** The lines that it printed since the last call: logs and metrics. */
  takeLines(): string[];
  /** Milliseconds from the start of the last process until it asked for its first invocation. */
  readonly startMilliseconds: number;
}

const standIn = [
  '--disable-warning=ExperimentalWarning',
  join(import.meta.dirname, 'runtime-client.ts'),
] as const;

/**
 * Runs a bundle as Lambda does: in a process of its own, with the environment of Lambda, through the Runtime API. Services of AWS are those of the
 * tests.
 *
 * @example
 * ```ts
 * await using lambda = await startLambda({ module: '/tmp/transform/index.mjs' });
 * await lambda.invoke({ records: [] }); // { records: [] }
 * lambda.takeLines(); // ['{"_aws":{"Timestamp":...']
 * ```
 */
export async function startLambda({
  module,
  environment = {},
  timeoutSeconds = 30,
  client = standIn,
}: LambdaOptions): Promise<LocalLambda> {
  const api = new RuntimeApi('arn:aws:lambda:us-east-1:123456789012:function:local');
  const address = await api.listen();
  let child: ChildProcess | undefined;
  let startMilliseconds = 0;
  const lines: string[] = [];

  async function start(): Promise<void> {
    const begun = performance.now();
    const ready = Promise.withResolvers<void>();
    api.onNext = ready.resolve;
    api.onInitError = (error) => ready.reject(new LambdaFailure(error));
    const started = spawn(process.execPath, [...client, handlerOf(module)], {
      cwd: dirname(module),
      env: lambdaEnvironment(module, address, environment),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    for (const input of [started.stdout, started.stderr])
      createInterface({ input }).on('line', (line) => lines.push(line));
    started.on('exit', (code, signal) => {
      if (child === started) child = undefined;
      const error = {
        errorType: 'Runtime.ExitError',
        errorMessage: `Runtime exited with ${signal === null ? `exit status ${code}` : `signal ${signal}`}`,
      };
      ready.reject(new LambdaFailure(error));
      api.abandon(error);
      api.onNext();
    });
    await ready.promise;
    startMilliseconds = performance.now() - begun;
  }

  async function stop(): Promise<void> {
    const running = child;
    if (!running) return;
    const ended = once(running, 'exit');
    running.kill('SIGKILL');
    await ended;
  }

  async function invoke(event: unknown): Promise<unknown> {
    if (!child) await start();
    const limit = timeoutSeconds * 1000;
    const idle = Promise.withResolvers<void>();
    api.onNext = idle.resolve;
    const answer = api.invoke(JSON.stringify(event), Date.now() + limit);
    const timer = setTimeout(() => {
      const errorMessage = `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
      api.abandon({ errorType: 'Sandbox.Timedout', errorMessage });
      void stop();
    }, limit);
    const given = await answer;
    clearTimeout(timer);
    // It asks for the next invocation when it has printed all of this one, or has ended.
    await idle.promise;
    if ('error' in given) throw new LambdaFailure(given.error);
    return JSON.parse(given.response);
  }

  const turns = new OneAtATime();
  return {
    invoke: (event) => turns.run(() => invoke(event)),
    async start() {
      if (!child) await start();
    },
    takeLines: () => lines.splice(0),
    get startMilliseconds() {
      return startMilliseconds;
    },
    async [Symbol.asyncDispose]() {
      await stop();
      api.close();
    },
  };
}

/** As a function is configured: `index.handler` for `index.mjs`. */
const handlerOf = (module: string): string => `${basename(module, '.mjs')}.handler`;

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
function lambdaEnvironment(
  module: string,
  api: string,
  own: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  const aws = Object.entries(process.env).filter(([name]) => name.startsWith('AWS_') || name === 'PATH');
  return {
    ...Object.fromEntries(aws),
    TZ: ':UTC',
    AWS_LAMBDA_RUNTIME_API: api,
    AWS_LAMBDA_FUNCTION_NAME: 'local',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/local',
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    LAMBDA_TASK_ROOT: dirname(module),
    _HANDLER: handlerOf(module),
    ...own,
  };
}
