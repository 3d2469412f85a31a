import type { AthenaClient } from '@aws-sdk/client-athena';
import type { S3Client } from '@aws-sdk/client-s3';
import type { LakeEngine } from '../../lake/lake-engine.ts';
import { remoteSession } from '../common/remote-session.ts';
import type { AthenaClients } from './athena-clients.ts';
import { AthenaDialect } from './athena-dialect.ts';

/** Which Athena reads the lake. The names are those of core's `AwsTarget`. */
export interface AthenaEngineConfig {
  readonly region: string;
  /** The database of the Glue Data Catalog. */
  readonly database: string;
  readonly workgroup: string;
  /** Where results are written, `s3://...`; the workgroup's own place when not given. */
  readonly results?: string | undefined;
  /** Minutes for which Athena may answer with the result of the same query before, 1 to 10080; never when not given. */
  readonly reuseMinutes?: number | undefined;
  /** Made when needed when not given. */
  readonly client?: AthenaClient | undefined;
  readonly s3Client?: S3Client | undefined;
  /** The lake's address, a folder or `s3://...`: what a query will read is known from its manifests. */
  readonly lake?: string | undefined;
}

/**
 * Athena over the published tables of a lake. Nothing is sent before the first query.
 *
 * @example createLake({ tables: [clickstream], engine: athenaEngine({ ...target, lake: target.location }) })
 */
export function athenaEngine(config: AthenaEngineConfig): LakeEngine {
  return {
    name: 'athena',
    open(tables) {
      let clients: Promise<AthenaClients> | undefined;
      return remoteSession('athena', {
        tables,
        dialect: AthenaDialect,
        lake: config.lake,
        place: `${config.region} ${config.database}`,
        async run(query, options) {
          const { runAthena } = await import('./athena-query.ts');
          clients ??= import('./athena-clients.ts').then(({ athenaClients }) => athenaClients(config));
          return runAthena(config, await clients, tables, query, options);
        },
        async close() {
          (await clients)?.close();
        },
      });
    },
  };
}
