import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** A process that is the same one later: a number alone may have gone to another by then. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, as the operating system writes it. */
  readonly started: string;
}

/** The identity of a running process; undefined where there is none. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  const started = process.platform === 'linux' ? startOnLinux(pid) : ask(pid, 'lstart=');
  return started === undefined ? undefined : { pid, started };
}

/** Whether this very process still runs. */
export function isRunning({ pid, started }: ProcessIdentity): boolean {
  return identityOf(pid)?.started === started;
}

/** Bytes of memory that the process holds; undefined where it cannot be told. */
export function residentBytes(pid: number): number | undefined {
  const kilobytes = process.platform === 'linux' ? residentOnLinux(pid) : ask(pid, 'rss=');
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** Ends the process, first politely and after `patience` milliseconds for certain. Does nothing to another one. */
export async function stopProcess(identity: ProcessIdentity, patience = 15_000): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!isRunning(identity)) return;
    try {
      process.kill(identity.pid, signal);
    } catch {
      return; // it ended in between
    }
    for (let waited = 0; waited < patience && isRunning(identity); waited += 50) await pause(50);
  }
}

// https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: the name, in brackets, may hold anything.
function startOnLinux(pid: number): string | undefined {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields?.[0] === 'Z' ? undefined : fields?.[19];
}

function residentOnLinux(pid: number): string | undefined {
  return /^VmRSS:\s*(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1];
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}

function ask(pid: number, column: string): string | undefined {
  const env = { ...process.env, LC_ALL: 'C' };
  const { stdout } = spawnSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8', env });
  return stdout?.trim() || undefined;
}
