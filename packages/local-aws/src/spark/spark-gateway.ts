import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sparkEnvironment, sparkHome } from '../install/spark.ts';

/**
 * A Java with Spark for PySpark programs, one after another: the gateway of `spark-submit`, as a job on Glue finds one. Each program has a
 * Spark context of its own and has to stop it. The first one warms Java up, which is most of the time of a short program.
 */
export interface SparkGateway {
  /** The environment of a program that uses it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether its process has ended. */
  readonly hasEnded: boolean;
  /** Sends a signal to Java and to the Python workers that it started. */
  kill(signal: NodeJS.Signals): void;
  /** Ends it, and removes its folder. */
  stop(): Promise<void>;
}

/** What a gateway is started with. */
export interface SparkGatewayOptions {
  /** A new folder for Spark's scratch files. */
  readonly folder: string;
  /** A file that gets the messages of Spark. */
  readonly log: string;
  /** Settings of Spark that hold before a program gives its own, and those that only the start of Java can take. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Variables that Python workers of Spark need. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Maximum milliseconds until Java listens. */
const patience = 120_000;

/** Starts a gateway. It ends with the process that started it, whose end closes its standard input. */
export async function startSparkGateway(options: SparkGatewayOptions): Promise<SparkGateway> {
  const { folder, log, settings = {}, env = {} } = options;
  await mkdir(folder, { recursive: true });
  const address = join(folder, 'address');
  const output = openSync(log, 'a');
  const flags = Object.entries(settings).flatMap(([name, value]) => ['--conf', `${name}=${value}`]);
  const child = spawn(join(sparkHome(), 'bin', 'spark-submit'), [...flags, 'pyspark-shell'], {
    cwd: folder,
    env: {
      ...process.env,
      ...env,
      ...sparkEnvironment(),
      _PYSPARK_DRIVER_CONN_INFO_PATH: address,
      SPARK_LOCAL_IP: '127.0.0.1',
      // Java remembers the scratch folder of its first context, which is gone with the first program.
      SPARK_LOCAL_DIRS: folder,
      // Runs of tests are short: the second compiler costs more than it saves.
      JAVA_TOOL_OPTIONS: '-XX:TieredStopAtLevel=1',
    },
    stdio: ['pipe', output, output],
    detached: true,
  });
  closeSync(output);
  const ended = once(child, 'exit');
  const kill = (signal: NodeJS.Signals): void => {
    try {
      process.kill(-(child.pid ?? 0), signal);
    } catch {
      // It has ended.
    }
  };
  const stop = async (): Promise<void> => {
    kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  for (let waited = 0; ; waited += 50) {
    const found = addressIn(await readFile(address).catch(() => Buffer.alloc(0)));
    if (found !== undefined) {
      const environment = { PYSPARK_GATEWAY_PORT: String(found.port), PYSPARK_GATEWAY_SECRET: found.secret };
      return {
        environment,
        kill,
        stop,
        get hasEnded() {
          return hasEnded();
        },
      };
    }
    if (hasEnded() || waited > patience) {
      await stop();
      throw new Error(`Spark's gateway did not start: ${log}`);
    }
    await pause(50);
  }
}

/** What Java writes once it listens: its port, then the length of the secret and the secret. */
function addressIn(bytes: Buffer): { readonly port: number; readonly secret: string } | undefined {
  if (bytes.length < 8) return undefined;
  const end = 8 + bytes.readInt32BE(4);
  return bytes.length < end
    ? undefined
    : { port: bytes.readInt32BE(0), secret: bytes.toString('utf8', 8, end) };
}
