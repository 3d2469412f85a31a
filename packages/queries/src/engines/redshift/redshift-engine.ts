import type { EngineTraits, LakeEngine } from '../../session/lake-engine.ts';
import { RedshiftDialect } from './redshift-dialect.ts';
import { runsNone } from './runs-none.ts';

const traits: EngineTraits = {
  runsQueries: false,
  readsView: false,
  reportsScan: false,
  reads: 'tables',
  chargesScan: false,
  readsAgainCheaply: false,
};

/**
 * Writes queries for Redshift, over tables as `deriveRedshiftTable` makes them, and runs none: the text of a metric is for a view, a
 * notebook or the Data API. It begins with nothing to be set but `enable_case_sensitive_identifier`, without which the columns of an
 * answer come in lower case.
 *
 * @throws HeadwaterError `QUERY_FAILED` for a query that is run
 * @example
 * ```ts
 * const warehouse = createLake({ tables: [clickstream], engine: redshiftEngine() });
 * const { sql, parameters } = metricQuery(warehouse.clickstream, revenue, { from: '2019-10-01', to: '2019-10-31' });
 * ```
 */
export function redshiftEngine(): LakeEngine {
  return {
    name: 'redshift',
    ...traits,
    open: () => ({
      engine: 'redshift',
      ...traits,
      dialect: new RedshiftDialect(),
      readOnly: runsNone,
      arrow: runsNone,
      close: async () => {},
    }),
  };
}
