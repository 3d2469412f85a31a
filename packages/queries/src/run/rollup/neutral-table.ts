import { internals, type LakeTable } from '../../lake/create-lake.ts';

/**
 * A table whose queries have the same tree for every engine: it is read by its own name, and long sessions are found as engines do that read a
 * table again cheaply. An engine that wrote a rollup and one that reads it so agree about the version of the metric.
 */
export const neutralTable = (table: LakeTable): LakeTable => {
  const { session, ...others } = table[internals];
  return {
    ...table,
    [internals]: { ...others, session: { ...session, readsView: false, readsAgainCheaply: true } },
  };
};
