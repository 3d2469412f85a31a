import { byteSize } from '@headwater/core/internal';
import type { KyselyPlugin, OperationNode } from 'kysely';

const limits = new WeakMap<OperationNode, number>();

/** Limits what this one query may read, or takes the limit away. Kysely hands a query's tree to its driver as it is. */
export function limitScan(query: OperationNode, maxScan: string | number | undefined): void {
  if (maxScan === undefined) limits.delete(query);
  else limits.set(query, byteSize('maxScan', maxScan));
}

/** The limit of this one query, in bytes. */
export const scanLimitOf = (query: OperationNode | undefined): number | undefined =>
  query === undefined ? undefined : limits.get(query);

/** Limits each query that is built with it. */
export function scanLimitPlugin(maxScan: string | number): KyselyPlugin {
  return {
    transformQuery({ node }) {
      limitScan(node, maxScan);
      return node;
    },
    transformResult: async ({ result }) => result,
  };
}
