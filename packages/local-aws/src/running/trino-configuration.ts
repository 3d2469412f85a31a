import { join } from 'node:path';

/** What Trino has to know of its surroundings. */
export interface TrinoPlace {
  readonly port: number;
  /** The façade's address, for Glue: the emulator has not all that Trino asks for. */
  readonly aws: string;
  /** The emulator's address, for S3. */
  readonly moto: string;
  /** Trino's own folder for this run. */
  readonly folder: string;
}

/** Arguments of the Java virtual machine. The heap leaves room on two cores and 8 GB. */
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

/** All arguments of `java` but the class path: the machine's, then the node's, which Trino's own launcher passes so too. */
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
 * The files of Trino's configuration by name: one node on this machine alone, and the catalog under the name that
 * Athena gives it, over the emulator's Glue and S3.
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
      // Athena writes external tables too: CREATE TABLE AS, and here UNLOAD.
      'hive.non-managed-table-writes-enabled': 'true',
      'hive.recursive-directories': 'true',
      // What a test measures should not hang on statistics that an earlier query happened to leave.
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
