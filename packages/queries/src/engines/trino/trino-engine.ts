import type { EngineTraits, LakeEngine } from '../../session/lake-engine.ts';
import { TrinoDialect } from './trino-dialect.ts';
import { trinoSession } from './trino-session.ts';

/** Which Trino reads the lake, and as which user. Needs Trino 418, the first version with `EXECUTE IMMEDIATE`, or later. */
export interface TrinoEngineConfig {
  /** Such as `https://trino.example.com:8443`. */
  readonly url: string;
  /** The catalog of the lake's tables, as Trino names it. */
  readonly catalog: string;
  /** The schema of the lake's tables: the Glue database. */
  readonly schema: string;
  /** Defaults to `headwater`. */
  readonly user?: string | undefined;
  /** Password for basic authentication. Needs https, except for a server on this machine. */
  readonly password?: string | undefined;
  /** A JSON web token instead of a password. Needs https, except for a server on this machine. */
  readonly token?: string | undefined;
  /** Trino's session properties (https://trino.io/docs/current/sql/set-session.html). */
  readonly session?: Readonly<Record<string, string>> | undefined;
  /** The lake's address, a folder or `s3://...`. The manifests there tell what a query will read; without it there are no estimates. */
  readonly lake?: string | undefined;
}

const traits: EngineTraits = {
  runsQueries: true,
  readsView: true,
  reportsScan: true,
  reads: 'folders',
  chargesScan: false,
  readsAgainCheaply: false,
};

/**
 * A Trino over the lake's tables in a catalog. Nothing is sent before the first query.
 *
 * @example
 * ```ts
 * createLake({
 *   tables: [clickstream],
 *   engine: trinoEngine({ url: 'https://trino.example.com', catalog: 'awsdatacatalog', schema: 'shop' }),
 * })
 * ```
 */
export function trinoEngine(config: TrinoEngineConfig): LakeEngine {
  return {
    name: 'trino',
    ...traits,
    open: (tables) =>
      trinoSession({
        engine: 'trino',
        traits,
        tables,
        dialect: TrinoDialect,
        lake: config.lake,
        database: config.schema,
        place: `${config.url} ${config.catalog}.${config.schema}`,
        async run(query, options) {
          const { runTrino } = await import('./trino-query.ts');
          return runTrino(config, query, options);
        },
      }),
  };
}
