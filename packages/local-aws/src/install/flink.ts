import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import { SetupError } from '../setup-error.ts';
import { download } from './download.ts';
import { findJava } from './find-java.ts';
import type { PinnedFile } from './pinned-file.ts';
import { installPython, isInstalled, type PythonPackages, packageFolder } from './python-environment.ts';

/** The Flink version line of AWS's managed service. Its Python API is not used. */
const flinkPython: PythonPackages = { name: 'flink', python: { from: 9, to: 11 } };

const maven = 'https://repo.maven.apache.org/maven2/org/apache/flink';

/** The one part of Flink's distribution that the packages lack. The SQL client needs it. */
const sqlGateway: PinnedFile = {
  url: `${maven}/flink-sql-gateway/1.20.3/flink-sql-gateway-1.20.3.jar`,
  sha256: 'f80e1c5b7a8a9e0bd57bbde5a56ca6731192acce8cfb1bce43e307a33a417c8f',
  bytes: 1_021_907,
};

/** Kinesis as source and sink, with the options of Studio. It was built for Flink 1.16, and runs on 1.20. */
const kinesisConnector: PinnedFile = {
  url: `${maven}/flink-sql-connector-kinesis/4.0.0-1.16/flink-sql-connector-kinesis-4.0.0-1.16.jar`,
  sha256: '8ce0499c6fc3e7c7c4b17c138c152a2a4d6ee3095e374aaf7503265f112b4261',
  bytes: 63_962_433,
};

const flinkHome = (): string => packageFolder(flinkPython, 'pyflink');
const gatewayJar = (): string => join(flinkHome(), 'opt', basename(sqlGateway.url));

/** The jar of the Kinesis connector, once it is installed. */
export const kinesisConnectorJar = (): string =>
  join(cacheFolder(), 'engines', 'flink-kinesis-4.0.0-1.16', basename(kinesisConnector.url));

/** Installs Flink with its SQL client and the Kinesis connector if they are missing. @throws SetupError */
export async function installFlink(): Promise<void> {
  await installPython(flinkPython);
  if (!existsSync(gatewayJar())) await download(sqlGateway, gatewayJar());
  if (!existsSync(kinesisConnectorJar())) await download(kinesisConnector, kinesisConnectorJar());
}

/** Why Flink cannot start on this machine, with what to do. Undefined when it can. */
export function flinkProblem(): string | undefined {
  if (!isInstalled(flinkPython) || !existsSync(gatewayJar()) || !existsSync(kinesisConnectorJar()))
    return 'Flink is not installed. Install it with `pnpm engines install flink`.';
  try {
    flinkEnvironment();
    return undefined;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return error.message;
  }
}

/** The environment of Flink's own scripts, which are in `bin` below FLINK_HOME. It starts on nothing later than Java 17. */
export function flinkEnvironment(): Readonly<Record<'JAVA_HOME' | 'FLINK_HOME', string>> {
  return { JAVA_HOME: findJava({ from: 17, to: 17 }, 'Flink 1.20'), FLINK_HOME: flinkHome() };
}
