import { SetupError } from '../setup-error.ts';
import { findJava } from './find-java.ts';
import {
  installPython,
  interpreterOf,
  isInstalled,
  type PythonPackages,
  packageFolder,
} from './python-environment.ts';

/** The Spark of Glue 5.1. Its package contains everything, jars included. */
const sparkPython: PythonPackages = { name: 'spark', python: { from: 10, to: 11 } };

/** Installs Spark if it is missing. @throws SetupError */
export function installSpark(): Promise<void> {
  return installPython(sparkPython);
}

/** Why Spark cannot start on this machine, with what to do. Undefined when it can. */
export function sparkProblem(): string | undefined {
  if (!isInstalled(sparkPython))
    return 'Spark is not installed. Install it with `pnpm engines install spark`.';
  try {
    sparkEnvironment();
    return undefined;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return error.message;
  }
}

/** The Python that has Spark. */
export function sparkInterpreter(): string {
  return interpreterOf(sparkPython);
}

/** The folder of Spark in its Python package, with `bin` and `jars`. */
export function sparkHome(): string {
  return packageFolder(sparkPython, 'pyspark');
}

/** The environment of a Python program that uses Spark. */
export function sparkEnvironment(): Readonly<Record<string, string>> {
  const python = sparkInterpreter();
  // Spark 3.5 starts on nothing later than 17.
  const home = findJava({ from: 17, to: 17 }, 'Spark 3.5');
  return { JAVA_HOME: home, PYSPARK_PYTHON: python, PYSPARK_DRIVER_PYTHON: python };
}
