import { AsyncLocalStorage } from 'node:async_hooks';
import type { ResultStore } from '@headwater/queries';

/** The tenant whose question runs, and what was noticed about it. */
export interface AskingTenant {
  readonly tenant: string;
  /** Whether the answer came from the cache. */
  cached: boolean;
  /** The estimated upper bound of what is read. */
  mostBytes: number;
}

/** The tenant of the code that runs. */
export const asking: AsyncLocalStorage<AskingTenant> = new AsyncLocalStorage();

/**
 * A store of answers in which each tenant has its own. The filter of a tenant is a parameter of its statements, so their keys differ
 * without this. Were a question ever asked without the filter, its answer would still stay with its tenant. Outside a tenant's
 * request nothing is found and nothing is kept.
 */
export function storeOfTenants(store: ResultStore): ResultStore {
  const own = (key: string): string | undefined => {
    const tenant = asking.getStore()?.tenant;
    // Names of tenants have no underscore, and keys are hexadecimal: no two pairs make the same text, which names a file as well.
    return tenant === undefined ? undefined : `${tenant}_${key}`;
  };
  return {
    async get(key) {
      const name = own(key);
      const found = name === undefined ? undefined : await store.get(name);
      const now = asking.getStore();
      if (found && now) now.cached = true;
      return found;
    },
    async set(key, bytes) {
      const name = own(key);
      if (name !== undefined) await store.set(name, bytes);
    },
  };
}
