import { byteSize } from '@headwater/core/internal';
import type { KyselyPlugin, OperationNode } from 'kysely';

const limits = new WeakMap<OperationNode, number>();

/** Sets or removes the maximum that one query may read. Kysely passes a query's tree to its driver unchanged, so the tree is the key. */
export function limitScan(query: OperationNode, maxScan: string | number | undefined): void {
  if (maxScan === undefined) limits.delete(query);
  else limits.set(query, byteSize('maxScan', maxScan));
}

/** The maximum of one query, in bytes. */
export const scanLimitOf = (query: OperationNode | undefined): number | undefined =>
  query === undefined ? undefined : limits.get(query);

/** Sets the maximum of every query that is built with the plugin. */
export function scanLimitPlugin(maxScan: string | number): KyselyPlugin {
  return {
    transformQuery({ node }) {
      limitScan(node, maxScan);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
}
