// The local AWS stand-in for a run of the checks. HEADWATER_ENGINES=all starts it if it is not running, and stops it at
// the end; it also installs Spark, Flink and the judges of Redshift's SQL, which tests start themselves. Without that variable, the tests use it if it is running.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const program = [
  '--disable-warning=ExperimentalWarning',
  join(import.meta.dirname, '..', 'packages', 'local-aws', 'src', 'bin.ts'),
];

/** The stand-in as a run of the checks uses it. */
export interface LocalEngines {
  /** The environment for tests that use Python: the stand-in's Python, which has pyarrow. */
  readonly env: Readonly<Record<string, string>>;
  /** Stops the stand-in if this run started it. */
  stop(): void;
}

/**
 * Finds the stand-in, or starts it when the run needs it. When the start fails, the check of the engines reports it.
 *
 * @param isNeeded whether to install and start it, which takes minutes the first time
 */
export function findLocalEngines(isNeeded: boolean): LocalEngines {
  const wasUp = isNeeded && engines(['status'], 'ignore').status === 0;
  if (isNeeded && !wasUp) engines(['up'], 'inherit');
  if (isNeeded) engines(['install', 'spark', 'flink', 'judges'], 'inherit');
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
