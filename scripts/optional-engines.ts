// The engines a machine may or may not have. Tests that need one look for it the same way and skip without it,
// unless HEADWATER_ENGINES=all makes a missing engine a failure.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** An engine that some tests use when the machine has it. */
export interface OptionalEngine {
  readonly name: string;
  /** What its tests prove, to say what is lost without it. */
  readonly proves: string;
  /** How to get it. */
  readonly install: string;
  /** A program and arguments that print the engine's version first and succeed only where it is usable. */
  probe(env: NodeJS.ProcessEnv): readonly [program: string, ...args: readonly string[]];
}

/** Every optional engine of the workspace's tests. */
export const optionalEngines: readonly OptionalEngine[] = [
  {
    name: 'Python with pyarrow',
    proves: 'that the Parquet files of the lake read the same in Arrow C++',
    install: 'pip install pyarrow, or set HEADWATER_PYTHON to a Python that has it',
    probe: (env) => [
      env['HEADWATER_PYTHON'] ?? 'python3',
      '-c',
      'import pyarrow; print(pyarrow.__version__)',
    ],
  },
  {
    name: 'Local AWS stand-in',
    proves: 'that what is derived and asked for AWS holds on moto and Trino',
    install: 'pnpm engines up',
    probe: () => [
      process.execPath,
      '--disable-warning=ExperimentalWarning',
      join(import.meta.dirname, '..', 'packages', 'local-aws', 'src', 'bin.ts'),
      'status',
    ],
  },
  {
    name: 'Python with botocore',
    proves: 'that what is derived for AWS is what its APIs take: names, lengths, patterns',
    install: 'pip install botocore, or set HEADWATER_PYTHON to a Python that has it',
    probe: (env) => [
      env['HEADWATER_PYTHON'] ?? 'python3',
      '-c',
      'import botocore; print(botocore.__version__)',
    ],
  },
];

/**
 * The engine's version as it tells it, or undefined where the machine does not have it.
 *
 * @param env the environment that the tests will have
 * @example foundVersion(optionalEngines[0]) // '21.0.0'
 */
export function foundVersion(engine: OptionalEngine, env = process.env): string | undefined {
  const [program, ...args] = engine.probe(env);
  const { status, stdout } = spawnSync(program, args, { env, encoding: 'utf8', timeout: 30_000 });
  return status === 0 ? stdout.trim().split('\n')[0] : undefined;
}
