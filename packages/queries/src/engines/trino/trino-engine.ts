import type { LakeEngine } from '../../lake/lake-engine.ts';
import { remoteSession } from '../common/remote-session.ts';
import { TrinoDialect } from './trino-dialect.ts';

/** Which Trino reads the lake, and as whom: 418 or later, the first with `EXECUTE IMMEDIATE`. */
export interface TrinoEngineConfig {
  /** Such as `https://trino.example.com:8443`. */
  readonly url: string;
  /** The catalog of the lake's tables, as Trino names it. */
  readonly catalog: string;
  /** The schema of the lake's tables: the Glue database. */
  readonly schema: string;
  /** `headwater` when not given. */
  readonly user?: string | undefined;
  /** Basic authentication. Refused over http, but for a server on this machine. */
  readonly password?: string | undefined;
  /** A JSON web token instead of a password; as for that, https is needed. */
  readonly token?: string | undefined;
  /** Trino's session properties (https://trino.io/docs/current/sql/set-session.html). */
  readonly session?: Readonly<Record<string, string>> | undefined;
  /** The lake's address, a folder or `s3://...`: what a query will read is known from its manifests. */
  readonly lake?: string | undefined;
}

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
    open: (tables) =>
      remoteSession('trino', {
        tables,
        dialect: TrinoDialect,
        lake: config.lake,
        place: `${config.url} ${config.catalog}.${config.schema}`,
        async run(query, options) {
          const { runTrino } = await import('./trino-query.ts');
          return runTrino(config, query, options);
        },
      }),
  };
}
