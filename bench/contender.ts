import { spawnSync } from 'node:child_process';

/** One command to time, as a whole process. */
export interface Contender {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Runs before each timing, untimed. */
  readonly prepare?: () => void;
}

/** What a program says of itself in the last line of its output, as JSON; a program need not say anything. */
export interface Outcome {
  /** Rows that it wrote. */
  readonly rows?: number;
  /** The most memory it held. */
  readonly peakBytes?: number;
  /** Processor time, its own and the system's for it, over all threads. */
  readonly cpuSeconds?: number;
}

/** Runs a contender once, from its start to its end. */
export function runContender({ name, command, prepare }: Contender): Outcome & { readonly seconds: number } {
  prepare?.();
  const [program, ...args] = command;
  const started = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr.slice(-2000)}`);
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  return { seconds, ...(last.startsWith('{"rows"') ? (JSON.parse(last) as Outcome) : {}) };
}
