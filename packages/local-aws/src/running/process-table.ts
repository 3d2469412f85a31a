import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Identifies a process for good: the operating system reuses process ids. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Its start time, as the operating system writes it. */
  readonly started: string;
}

/** The identity of a running process; undefined when no process has this id. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  const started = process.platform === 'linux' ? startOnLinux(pid) : ask(pid, 'lstart=');
  return started === undefined ? undefined : { pid, started };
}

/** Whether this process still runs. */
export function isRunning({ pid, started }: ProcessIdentity): boolean {
  return identityOf(pid)?.started === started;
}

/** Bytes of memory that the process holds; undefined when they cannot be read. */
export function residentBytes(pid: number): number | undefined {
  const kilobytes = process.platform === 'linux' ? residentOnLinux(pid) : ask(pid, 'rss=');
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** Stops the process with SIGTERM, and after `patience` milliseconds with SIGKILL. Never stops another process with its id. */
export async function stopProcess(identity: ProcessIdentity, patience = 15_000): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!isRunning(identity)) return;
    try {
      process.kill(identity.pid, signal);
    } catch {
      return; // it ended meanwhile
    }
    for (let waited = 0; waited < patience && isRunning(identity); waited += 50) await pause(50);
  }
}

// https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: the name, in brackets, may contain any character.
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
