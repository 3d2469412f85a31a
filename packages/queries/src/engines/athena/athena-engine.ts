import type { AthenaClient } from '@aws-sdk/client-athena';
import type { S3Client } from '@aws-sdk/client-s3';
import type { PermissionClass } from '@headwater/core';
import { workgroupName } from '@headwater/core/internal';
import type { EngineTraits, LakeEngine } from '../../session/lake-engine.ts';
import { trinoSession } from '../trino/trino-session.ts';
import type { AthenaClients } from './athena-clients.ts';
import { AthenaDialect } from './athena-dialect.ts';
import { InlineParameter } from './inline-parameter.ts';

/** Which Athena reads the lake. The names are those of core's `AwsTarget`. */
export interface AthenaEngineConfig {
  readonly region: string;
  /** The database of the Glue Data Catalog. */
  readonly database: string;
  readonly workgroup: string;
  /**
   * The class of readers that the credentials belong to. Queries then read its views, in its workgroup: that of `workgroup`'s name
   * with the class after it, which publishing makes. Defaults to readers who see every column.
   */
  readonly permissionClass?: PermissionClass | undefined;
  /**
   * Where results are written, `s3://...`. Defaults to the workgroup's own location. It is not sent to the workgroup that
   * publishing makes, which has a location; a workgroup with managed results refuses it.
   */
  readonly results?: string | undefined;
  /** The account that must own the bucket of `results`. Defaults to `account`. */
  readonly bucketOwner?: string | undefined;
  /** The AWS account, twelve digits. */
  readonly account?: string | undefined;
  /** The ARN of the key of AWS KMS by which results in `results` are encrypted. Defaults to keys of S3. */
  readonly kmsKey?: string | undefined;
  /** Minutes for which Athena may reuse the result of an earlier run of the same query, 1 to 10080. Defaults to no reuse. */
  readonly reuseMinutes?: number | undefined;
  /** Defaults to a client for the region, made with the first query and closed with the lake. */
  readonly client?: AthenaClient | undefined;
  /** Reads result files. Defaults like `client`. */
  readonly s3Client?: S3Client | undefined;
  /** The lake's address, a folder or `s3://...`. The manifests there tell what a query will read; without it there are no estimates. */
  readonly lake?: string | undefined;
}

const traits: EngineTraits = {
  runsQueries: true,
  readsView: true,
  reportsScan: true,
  reads: 'folders',
  chargesScan: true,
  readsAgainCheaply: false,
};

/**
 * Athena over the published tables of a lake. Nothing is sent before the first query.
 *
 * @example createLake({ tables: [clickstream], engine: athenaEngine({ ...target, lake: target.location }) })
 */
export function athenaEngine(given: AthenaEngineConfig): LakeEngine {
  const { permissionClass } = given;
  const config = { ...given, workgroup: workgroupName(given.workgroup, permissionClass) };
  return {
    name: 'athena',
    ...traits,
    open(tables) {
      let clients: Promise<AthenaClients> | undefined;
      return trinoSession({
        engine: 'athena',
        traits,
        tables,
        dialect: AthenaDialect,
        lake: config.lake,
        database: config.database,
        region: config.region,
        // A workgroup has its own readers, and an answer that one may see is not for another.
        place: `${config.region} ${config.database} ${config.workgroup}`,
        permissionClass,
        // Placeholders are documented for a WHERE only, and nobody has parsed a person's statement.
        textParameter: (value) => new InlineParameter(value),
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
