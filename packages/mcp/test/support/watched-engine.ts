import type { FinishedQuery, LakeEngine } from '@headwater/queries';
import type { DatabaseConnection, Driver } from 'kysely';

/** A real engine that also notes each statement that it is given. */
export interface WatchedEngine {
  readonly engine: LakeEngine;
  readonly statements: string[];
  /** Awaited before each statement runs. */
  beforeStatement: (() => Promise<void>) | undefined;
}

/**
 * Watches what an engine is given to run.
 *
 * @param reports what the engine says that each query scanned, as engines with a service do; absent for one that says nothing
 */
export function watchedEngine(inner: LakeEngine, reports?: (sql: string) => number): WatchedEngine {
  const watched: {
    engine: LakeEngine;
    statements: string[];
    beforeStatement: WatchedEngine['beforeStatement'];
  } = {
    engine: inner,
    statements: [],
    beforeStatement: undefined,
  };
  const traits = reports ? { reportsScan: true } : {};
  watched.engine = {
    ...inner,
    ...traits,
    open(...given) {
      const session = inner.open(...given);
      const { dialect } = session;
      return {
        ...session,
        ...traits,
        dialect: {
          createAdapter: () => dialect.createAdapter(),
          createIntrospector: (db) => dialect.createIntrospector(db),
          createQueryCompiler: () => dialect.createQueryCompiler(),
          createDriver: () => watchedDriver(dialect.createDriver()),
        },
      };
    },
  };
  return watched;

  function watchedDriver(driver: Driver): Driver {
    return new Proxy(driver, {
      get(target, name) {
        if (name === 'acquireConnection')
          return async () => watchedConnection(await target.acquireConnection());
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
  }

  function watchedConnection(connection: DatabaseConnection): DatabaseConnection {
    return new Proxy(connection, {
      get(target, name) {
        if (name !== 'streamQuery') {
          const member: unknown = Reflect.get(target, name);
          return typeof member === 'function' ? member.bind(target) : member;
        }
        const stream: DatabaseConnection['streamQuery'] = async function* (query, size, options) {
          watched.statements.push(query.sql);
          await watched.beforeStatement?.();
          yield* target.streamQuery(query, size, options);
          const finished = (Object(options) as { onFinish?: (query: FinishedQuery) => void }).onFinish;
          const { sql } = query;
          finished?.({
            ...{ engine: 'duckdb', queryId: 'q', sql, milliseconds: 1, reused: false },
            scannedBytes: reports?.(sql) ?? 0,
          });
        };
        return stream;
      },
    });
  }
}
