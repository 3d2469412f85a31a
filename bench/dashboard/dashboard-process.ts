import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A dashboard as its own process, as the command starts it. */
export interface DashboardProcess {
  readonly url: string;
  /** From the start of the process to its line that it is ready, in milliseconds. */
  readonly readyAfter: number;
  /** What it has in memory now, in MB. */
  memory(): number;
  close(): Promise<void>;
}

const root = join(import.meta.dirname, '..', '..');

/** Starts `headwater dashboard` over a lake, on any free port. */
export async function startDashboard(lake: string): Promise<DashboardProcess> {
  const began = performance.now();
  const command = [
    ...['--conditions=@headwater/source', join(root, 'packages', 'cli', 'bin', 'headwater.js'), 'dashboard'],
    ...['--config', join(root, 'examples', 'ecommerce', 'headwater.config.ts')],
    ...['--lake', lake, '--port', '0'],
  ];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const url = await new Promise<string>((resolve, reject) => {
    lines.once('line', (line) => resolve((JSON.parse(line) as { url: string }).url));
    child.once('exit', (code) => reject(new Error(`headwater dashboard ended with ${code}`)));
  });
  return {
    url,
    readyAfter: performance.now() - began,
    memory: () =>
      Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' })) / 1000,
    async close() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
