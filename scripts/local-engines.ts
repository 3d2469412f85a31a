// The local AWS stand-in for a run of the checks: HEADWATER_ENGINES=all starts it where it does not run, and stops
// it again. Without that, one that runs is found by the tests themselves.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const program = [
  '--disable-warning=ExperimentalWarning',
  join(import.meta.dirname, '..', 'packages', 'local-aws', 'src', 'bin.ts'),
];

/** What a run of the checks has of the stand-in. */
export interface LocalEngines {
  /** Environment for the tests that use a Python: the stand-in's own, which has pyarrow. */
  readonly env: Readonly<Record<string, string>>;
  /** Stops what this run started. */
  stop(): void;
}

/**
 * Finds the stand-in, or starts it when the run needs it. A start that fails is told by the check of the engines.
 *
 * @param isNeeded install and start it, which takes minutes the first time
 */
export function findLocalEngines(isNeeded: boolean): LocalEngines {
  const wasUp = isNeeded && engines(['status'], 'ignore').status === 0;
  if (isNeeded && !wasUp) engines(['up'], 'inherit');
  const { stdout } = engines(['env', '--json'], 'pipe');
  const { HEADWATER_PYTHON }: { HEADWATER_PYTHON?: string } = JSON.parse(stdout || '{}');
  return {
    env: HEADWATER_PYTHON === undefined || process.env['HEADWATER_PYTHON'] ? {} : { HEADWATER_PYTHON },
    stop: () => {
      if (isNeeded && !wasUp) engines(['down'], 'inherit');
    },
  };
}

function engines(args: readonly string[], output: 'ignore' | 'inherit' | 'pipe') {
  const stderr = output === 'inherit' ? 'inherit' : 'ignore';
  return spawnSync(process.execPath, [...program, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', output, stderr],
  });
}
