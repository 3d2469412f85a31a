import { spawnSync } from 'node:child_process';
import { SetupError } from '../setup-error.ts';

const probe = 'import sys, venv, ensurepip; print(sys.version_info.minor)';

/**
 * The name or path of a Python 3 with venv whose minor version is in the range. `HEADWATER_BASE_PYTHON` is tried first.
 *
 * @example findPython({ from: 11, to: 13 }, 'moto') // 'python3.12'
 * @throws SetupError with what to install
 */
export function findPython({ from, to }: { from: number; to: number }, user: string): string {
  const named = process.env['HEADWATER_BASE_PYTHON'];
  const minors = Array.from({ length: to - from + 1 }, (_, index) => `python3.${to - index}`);
  const candidates = [...(named ? [named] : []), 'python3', ...minors, 'python'];
  const found = candidates.find((candidate) => {
    const { status, stdout } = spawnSync(candidate, ['-c', probe], { encoding: 'utf8', timeout: 30_000 });
    return status === 0 && Number(stdout) >= from && Number(stdout) <= to;
  });
  if (found !== undefined) return found;
  throw new SetupError(
    `${user} needs Python 3.${from} to 3.${to} with venv, and none was found`,
    'Install one (on Debian: apt-get install python3 python3-venv), or set HEADWATER_BASE_PYTHON to it',
  );
}
