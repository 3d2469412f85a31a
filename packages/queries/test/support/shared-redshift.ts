import type { TableSchema } from '@headwater/core';
import type { LakeEngine } from '@headwater/queries';
import { postgresFunctions } from '../../src/engines/postgres/postgres-functions.ts';
import { RedshiftQueryCompiler } from '../../src/engines/redshift/redshift-query-compiler.ts';

/** What Redshift's texts share with PostgreSQL: all of it but the functions of times and texts, which each has in its own form. */
class SharedCompiler extends RedshiftQueryCompiler {
  protected override readonly functions = postgresFunctions;
}

/** A PostgreSQL that gets the texts of Redshift, with its own functions in them. */
export const sharedRedshift = (engine: LakeEngine): LakeEngine => ({
  ...engine,
  readsAgainCheaply: false,
  open(tables: readonly TableSchema[]) {
    const session = engine.open(tables);
    const { dialect } = session;
    return {
      ...session,
      readsAgainCheaply: false,
      dialect: {
        createAdapter: () => dialect.createAdapter(),
        createDriver: () => dialect.createDriver(),
        createIntrospector: (db) => dialect.createIntrospector(db),
        createQueryCompiler: () => new SharedCompiler(),
      },
    };
  },
});
