import { sparkEnvironment, sparkProblem } from '../install/spark.ts';
import { clientEnvironment } from '../running/client-environment.ts';
import type { RunningState } from '../running/running-state.ts';

/** What programs need to use the stand-in, and the Spark of this machine where it is installed. */
export const environmentOf = (state: RunningState): Readonly<Record<string, string>> => ({
  ...clientEnvironment(state),
  HEADWATER_PYTHON: state.python,
  ...(sparkProblem() === undefined ? sparkEnvironment() : {}),
});

/** Lines that a shell evaluates. */
export const exportsOf = (environment: Readonly<Record<string, string>>): string =>
  Object.entries(environment)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`)
    .join('\n');
