import { join } from 'node:path';
import { cacheFolder } from '../../../cache-folder.ts';
import { type SparkGateway, startSparkGateway } from '../../../spark/spark-gateway.ts';

/** How long a gateway waits for another job before it ends, milliseconds. */
const patience = 60_000;

/** A gateway that one job has for itself. */
export interface LentGateway {
  readonly environment: Readonly<Record<string, string>>;
  kill(signal: NodeJS.Signals): void;
  /** Takes it back from a job that stopped its Spark. */
  giveBack(): void;
  /** Ends it: the job may have left anything in it. */
  discard(): void;
}

/** What a gateway of jobs is started with, by its folder. */
export interface GatewaySetup {
  readonly settings: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Java with Spark for jobs. One that a job has left in order serves the next job, which then starts in a second; jobs at the same time
 * have one each.
 */
export class SparkGateways {
  readonly #all = new Set<SparkGateway>();
  #idle: { readonly gateway: SparkGateway; readonly timer: NodeJS.Timeout } | undefined;
  #count = 0;

  /** @param setup what a new one is started with */
  async lend(setup: (folder: string) => GatewaySetup): Promise<LentGateway> {
    const gateway = this.#takeIdle() ?? (await this.#start(setup));
    return {
      environment: gateway.environment,
      kill: gateway.kill,
      giveBack: () => this.#keep(gateway),
      discard: () => this.#end(gateway),
    };
  }

  /** Ends all. */
  killAll(): void {
    for (const gateway of this.#all) gateway.kill('SIGKILL');
  }

  #takeIdle(): SparkGateway | undefined {
    const idle = this.#idle;
    if (!idle) return undefined;
    this.#idle = undefined;
    clearTimeout(idle.timer);
    if (!idle.gateway.hasEnded) return idle.gateway;
    this.#end(idle.gateway);
    return undefined;
  }

  async #start(setup: (folder: string) => GatewaySetup): Promise<SparkGateway> {
    this.#count += 1;
    const folder = join(cacheFolder(), 'run', 'spark', `${process.pid}-${this.#count}`);
    const log = join(cacheFolder(), 'logs', 'jobs', 'spark.log');
    const gateway = await startSparkGateway({ folder, log, ...setup(folder) });
    this.#all.add(gateway);
    return gateway;
  }

  #keep(gateway: SparkGateway): void {
    if (this.#idle || gateway.hasEnded) {
      this.#end(gateway);
      return;
    }
    const timer = setTimeout(() => {
      this.#idle = undefined;
      this.#end(gateway);
    }, patience);
    this.#idle = { gateway, timer: timer.unref() };
  }

  #end(gateway: SparkGateway): void {
    this.#all.delete(gateway);
    gateway.stop().catch((error: unknown) => console.error(error));
  }
}
