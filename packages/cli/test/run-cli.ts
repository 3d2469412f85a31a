import { spawn } from 'node:child_process';
import { join } from 'node:path';

const bin = join(import.meta.dirname, '..', 'bin', 'headwater.js');

/** The clone's own config, for commands run elsewhere. */
export const config = join(import.meta.dirname, '..', '..', '..', 'headwater.config.ts');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Options {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Called with the process once it has started. */
  readonly started?: (process: ReturnType<typeof spawn>) => void;
}

/** Runs the real command from its sources, as a process of its own, without a terminal. */
export function runCli(args: readonly string[], options: Options = {}): Promise<Ended> {
  const { INIT_CWD: _, npm_lifecycle_event: __, FORCE_COLOR: ___, ...env } = process.env;
  const child = spawn(process.execPath, ['--conditions=@headwater/source', bin, ...args], {
    cwd: options.cwd ?? process.cwd(),
    env: { ...env, ...options.env },
  });
  options.started?.(child);
  const texts = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      texts[stream] += text;
    });
  }
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ code, ...texts }));
  });
}
