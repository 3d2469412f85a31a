// Engines that a machine may lack. Tests that need one look for it in the same way and are skipped without it.
// HEADWATER_ENGINES=all makes a missing engine a failure.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** An engine that some tests use, if the machine has it. */
export interface OptionalEngine {
  readonly name: string;
  /** What its tests prove, which a run without it does not. */
  readonly proves: string;
  /** How to install it. */
  readonly install: string;
  /** Why HEADWATER_ENGINES=all does not require it. Absent when it does. */
  readonly notRequired?: string;
  /** A program and arguments that print the engine's version in the first line, and succeed only if the engine is usable. */
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
    proves: 'that derivations for AWS and calls to AWS work on moto and Trino',
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
    proves: 'that derivations for AWS fit its APIs: names, lengths, patterns',
    install: 'pip install botocore, or set HEADWATER_PYTHON to a Python that has it',
    probe: (env) => [
      env['HEADWATER_PYTHON'] ?? 'python3',
      '-c',
      'import botocore; print(botocore.__version__)',
    ],
  },
  {
    name: 'Chromium or Chrome',
    proves: 'that reports open from disk, without faults of accessibility, in a browser',
    install: 'apt-get install chromium, or set HEADWATER_CHROMIUM to a browser',
    notRequired: 'no registry of packages that the checks use has one for every machine',
    probe: (env) => [
      process.execPath,
      '--eval',
      `const [, ...places] = process.argv;
      const found = places.find((path) => path !== '' && require('node:fs').existsSync(path));
      process.exitCode = found ? require('node:child_process').spawnSync(found, ['--version'], { stdio: 'inherit' }).status : 1;`,
      env['HEADWATER_CHROMIUM'] ?? '',
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
  },
  {
    name: 'Runtime client of AWS Lambda',
    proves: 'that bundles answer through it as through its stand-in',
    install: 'npm install aws-lambda-ric elsewhere, and set HEADWATER_LAMBDA_CLIENT to its index.mjs',
    notRequired: 'its installation compiles C++ for minutes',
    probe: (env) => [
      process.execPath,
      '--input-type=module',
      '--eval',
      `import { createRequire } from 'node:module';
      const require = createRequire(process.argv[1]);
      require.resolve('./rapid-client.node');
      console.log(require('./package.json').version);`,
      env['HEADWATER_LAMBDA_CLIENT'] ?? '/none',
    ],
  },
];

/**
 * The engine's own version text; undefined if the machine does not have the engine.
 *
 * @param env the environment that the tests will have
 * @example foundVersion(optionalEngines[0]) // '21.0.0'
 */
export function foundVersion(engine: OptionalEngine, env = process.env): string | undefined {
  const [program, ...args] = engine.probe(env);
  const { status, stdout } = spawnSync(program, args, { env, encoding: 'utf8', timeout: 30_000 });
  return status === 0 ? stdout.trim().split('\n')[0] : undefined;
}
