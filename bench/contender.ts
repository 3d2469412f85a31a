import { spawnSync } from 'node:child_process';

/** A command that is timed as a whole process. */
export interface Contender {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Runs before each timing and is not timed. */
  readonly prepare?: () => void;
}

/** What a program may report in the last line of its output, as JSON. */
export interface Outcome {
  /** Rows that it wrote. */
  readonly rows?: number;
  /** Its peak of memory. */
  readonly peakBytes?: number;
  /** Memory that is in use at its end, after a garbage collection. */
  readonly heldBytes?: number;
  /** Processor time of all threads, user and system. */
  readonly cpuSeconds?: number;
  /** The time of its work, without its start. Omitted by programs that are timed as a whole. */
  readonly seconds?: number;
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
  // What the program timed itself counts.
  return { seconds, ...(last.startsWith('{"rows"') ? (JSON.parse(last) as Outcome) : {}) };
}
