import { type DialectAdapter, DummyDriver, type QueryCompiler } from 'kysely';
import { InformationSchemaIntrospector } from '../engines/common/information-schema-introspector.ts';
import { DuckdbAdapter } from '../engines/duckdb/duckdb-adapter.ts';
import { DuckdbQueryCompiler } from '../engines/duckdb/duckdb-query-compiler.ts';
import { TrinoAdapter } from '../engines/trino/trino-adapter.ts';
import { TrinoQueryCompiler } from '../engines/trino/trino-query-compiler.ts';
import type { EngineName, LakeEngine } from '../session/lake-engine.ts';

/** Engines that compile queries and run none, so that no driver is within reach of who asks what a change does. */
export const compileOnlyEngines: readonly LakeEngine[] = [
  compileOnly('duckdb', new DuckdbAdapter(), new DuckdbQueryCompiler(), true),
  // Athena's SQL is Trino's.
  compileOnly('trino', new TrinoAdapter(), new TrinoQueryCompiler(), false),
];

function compileOnly(
  name: EngineName,
  adapter: DialectAdapter,
  compiler: QueryCompiler,
  readsAgainCheaply: boolean,
): LakeEngine {
  const traits = {
    runsQueries: false,
    readsView: false,
    reportsScan: false,
    chargesScan: false,
    readsAgainCheaply,
    reads: 'manifests',
  } as const;
  const runsNothing = (): Promise<never> =>
    Promise.reject(new Error(`This ${name} compiles queries and runs none`));
  return {
    name,
    ...traits,
    open: () => ({
      engine: name,
      ...traits,
      dialect: {
        createAdapter: () => adapter,
        createDriver: () => new DummyDriver(),
        createIntrospector: (db) => new InformationSchemaIntrospector(db),
        createQueryCompiler: () => compiler,
      },
      readOnly: runsNothing,
      arrow: runsNothing,
      close: async () => {},
    }),
  };
}
