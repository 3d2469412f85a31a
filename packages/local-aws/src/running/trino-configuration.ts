import { join } from 'node:path';

/** The addresses and the folder that Trino is configured with. */
export interface TrinoPlace {
  readonly port: number;
  /** The façade's address, for Glue: the emulator lacks some operations that Trino calls. */
  readonly aws: string;
  /** The emulator's address, for S3. */
  readonly moto: string;
  /** Trino's own folder for this run. */
  readonly folder: string;
}

/** Arguments of the Java virtual machine. The heap fits a machine with 8 GB. */
const jvm = [
  '-server',
  '-Xmx1500M',
  '-XX:+UseG1GC',
  '-XX:+ExitOnOutOfMemoryError',
  '-XX:ReservedCodeCacheSize=256M',
  '-Djdk.attach.allowAttachSelf=true',
  '-Djdk.nio.maxCachedBufferSize=2000000',
  '-Duser.timezone=UTC',
  '--enable-native-access=ALL-UNNAMED',
];

/** All arguments of `java` except the class path: those of the JVM, then those of the node, as Trino's own launcher passes them. */
export function trinoArguments(place: TrinoPlace): readonly string[] {
  const node = {
    config: join(place.folder, 'etc', 'config.properties'),
    'node.environment': 'local',
    'node.id': 'local',
    'node.data-dir': place.folder,
    'node.bind-ip': '127.0.0.1',
    'node.internal-address': '127.0.0.1',
  };
  return [
    ...jvm,
    ...Object.entries(node).map(([name, value]) => `-D${name}=${value}`),
    'io.trino.server.TrinoServer',
  ];
}

/**
 * The files of Trino's configuration by name: a single node that listens on this machine alone, and a catalog over the
 * emulator's Glue and S3 under the name that Athena gives it.
 *
 * @see https://trino.io/docs/476/object-storage/metastores.html
 */
export function trinoConfiguration(place: TrinoPlace): Readonly<Record<string, string>> {
  return {
    'etc/config.properties': properties({
      coordinator: 'true',
      'node-scheduler.include-coordinator': 'true',
      'http-server.http.port': String(place.port),
      'http-server.log.enabled': 'false',
      'discovery.uri': `http://127.0.0.1:${place.port}`,
      'query.max-memory': '700MB',
      'query.max-memory-per-node': '700MB',
    }),
    'etc/catalog/awsdatacatalog.properties': properties({
      'connector.name': 'hive',
      'hive.metastore': 'glue',
      'hive.metastore.glue.region': 'us-east-1',
      'hive.metastore.glue.endpoint-url': place.aws,
      'hive.metastore.glue.aws-access-key': 'local',
      'hive.metastore.glue.aws-secret-key': 'local',
      'hive.metastore.glue.default-warehouse-dir': 's3://local/warehouse',
      'fs.native-s3.enabled': 'true',
      's3.endpoint': place.moto,
      's3.region': 'us-east-1',
      's3.path-style-access': 'true',
      's3.aws-access-key': 'local',
      's3.aws-secret-key': 'local',
      'hive.partition-projection-enabled': 'true',
      // Athena writes external tables: CREATE TABLE AS, and UNLOAD through the façade.
      'hive.non-managed-table-writes-enabled': 'true',
      'hive.recursive-directories': 'true',
      // Measurements of a test must not depend on statistics that an earlier query wrote.
      'hive.table-statistics-enabled': 'false',
      'hive.collect-column-statistics-on-write': 'false',
    }),
  };
}

function properties(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
