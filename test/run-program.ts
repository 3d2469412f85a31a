import { spawn } from 'node:child_process';

/** How a program ended, and what it wrote to stdout and stderr in the order it arrived. */
export interface ProgramEnd {
  readonly status: number | null;
  readonly output: string;
}

/**
 * Runs a program to its end, whatever that is.
 *
 * @param env variables set for it, beside those of this process
 * @example await runProgram('/tmp/shop', 'npm', ['ls']) // { status: 0, output: 'shop@1.0.0 /tmp/shop' }
 */
export function runProgram(
  cwd: string,
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const take = (text: string): void => {
      output += text;
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', reject).on('close', (status) => resolve({ status, output }));
  });
}
