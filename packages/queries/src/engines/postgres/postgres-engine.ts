import { HeadwaterError } from '@headwater/core';
import { postgresAddress } from '@headwater/core/internal';
import type { EngineTraits, LakeEngine } from '../../session/lake-engine.ts';
import { querySlotOptions } from '../common/query-slot-options.ts';
import { postgresSession } from './postgres-session.ts';

/** Which PostgreSQL, or Aurora, holds the lake's tables, and how much of it may be used. */
export interface PostgresEngineConfig {
  /**
   * Such as `postgres://reader@db.example.com:5432/shop`. Messages never show its password. `sslmode` is its only parameter:
   * `verify-full`, `no-verify`, or `disable`. Defaults to `verify-full`, and to `disable` for a server on this machine.
   */
  readonly url: string;
  /** The password, or what gives one for each new connection, such as a token of IAM. Defaults to that of the URL. */
  readonly password?: string | (() => string | Promise<string>) | undefined;
  /** The certificate of the authority that signed the server's own, in PEM form. Defaults to those that Node trusts. */
  readonly certificateAuthority?: string | undefined;
  /** The schema of the tables. Defaults to `public`. */
  readonly schema?: string | undefined;
  /** Seconds after which the server cancels a query. Defaults to 300. */
  readonly statementTimeoutSeconds?: number | undefined;
  /**
   * Queries that run at the same time, each on a connection of its own; the others wait in their order. A result that is read as a
   * stream counts until it has been read. Defaults to 4.
   */
  readonly maxConcurrentQueries?: number | undefined;
  /** Queries that may wait. Another one fails with `QUERY_QUEUE_FULL`. Defaults to 1000. */
  readonly queueLimit?: number | undefined;
  /** Seconds that a query may wait; then it fails with `QUERY_QUEUE_TIMEOUT`. Defaults to 60. */
  readonly queueTimeoutSeconds?: number | undefined;
}

const traits: EngineTraits = {
  runsQueries: true,
  readsView: false,
  reportsScan: false,
  reads: 'tables',
  chargesScan: false,
  // Sorting all events for their sessions takes two to four times as long as finding the long ones first.
  readsAgainCheaply: true,
};

/** Queries that run at the same time unless the config says otherwise: small servers have few processors. */
const defaultConcurrency = 4;

/**
 * PostgreSQL, or Aurora, over tables that a lake was loaded into. Nothing is sent before the first query.
 *
 * @throws HeadwaterError `OPTION_INVALID`
 * @example
 * ```ts
 * createLake({ tables: [clickstream], engine: postgresEngine({ url: process.env['HEADWATER_POSTGRES_URL'] ?? '' }) })
 * ```
 */
export function postgresEngine(config: PostgresEngineConfig): LakeEngine {
  const address = postgresAddress(config.url);
  const slots = querySlotOptions(config, defaultConcurrency);
  const seconds = config.statementTimeoutSeconds ?? 300;
  if (!(seconds > 0 && seconds <= 86_400))
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'statementTimeoutSeconds',
      value: String(seconds),
      expected: 'seconds, above 0 and up to 86400',
    });
  return {
    name: 'postgres',
    ...traits,
    open: (tables) => postgresSession({ config, traits, tables, address, slots, seconds }),
  };
}
