import { existsSync, globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SetupError } from '../setup-error.ts';
import { download } from './download.ts';
import { findJava } from './find-java.ts';
import type { PinnedFile } from './pinned-file.ts';
import { installPython, interpreterOf, isInstalled, type PythonPackages } from './python-environment.ts';

/** The Spark of Glue 5.1. Its package contains everything, jars included. */
const sparkPython: PythonPackages = { name: 'spark', python: { from: 10, to: 11 } };

/** The Flink version line of AWS's managed service. Its Python API is not used. */
const flinkPython: PythonPackages = { name: 'flink', python: { from: 9, to: 11 } };

/** The one part of Flink's distribution that the packages lack. The SQL client needs it. */
const sqlGateway: PinnedFile = {
  url: 'https://repo.maven.apache.org/maven2/org/apache/flink/flink-sql-gateway/1.20.3/flink-sql-gateway-1.20.3.jar',
  sha256: 'f80e1c5b7a8a9e0bd57bbde5a56ca6731192acce8cfb1bce43e307a33a417c8f',
  bytes: 1_021_907,
};

/** Installs Spark if it is missing. @throws SetupError */
export function installSpark(): Promise<void> {
  return installPython(sparkPython);
}

/** Installs Flink with its SQL client if it is missing. @throws SetupError */
export async function installFlink(): Promise<void> {
  await installPython(flinkPython);
  const jar = join(flinkHome(), 'opt', basename(sqlGateway.url));
  if (!existsSync(jar)) await download(sqlGateway, jar);
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
  return { JAVA_HOME: findJava(java, 'Spark 3.5'), PYSPARK_PYTHON: python, PYSPARK_DRIVER_PYTHON: python };
}

/** The environment of Flink's own scripts, which are in `bin` below FLINK_HOME. */
export function flinkEnvironment(): Readonly<Record<string, string>> {
  return { JAVA_HOME: findJava(java, 'Flink 1.20'), FLINK_HOME: flinkHome() };
}

const flinkHome = (): string => packageFolder(flinkPython, 'pyflink');

function packageFolder(packages: PythonPackages, name: string): string {
  const environment = join(dirname(interpreterOf(packages)), '..');
  const [home = ''] = globSync(`lib/python3.*/site-packages/${name}`, { cwd: environment });
  return join(environment, home);
}

/** Both need Java 17: neither starts on 23 or later. */
const java = { from: 17, to: 17 };
