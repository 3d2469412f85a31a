/** A bucket for each tenant, which fills up at a steady rate. */
export interface TokenBuckets {
  /**
   * Takes an amount, when there is as much.
   * @returns 0 when it was taken; otherwise the seconds until it could be, `Infinity` when the bucket is too small for it
   */
  take(tenant: string, amount: number, size: BucketSize): number;
  /** Puts back what was not used after all. */
  giveBack(tenant: string, amount: number): void;
}

/** How large a bucket is, and how fast it fills. */
export interface BucketSize {
  readonly capacity: number;
  readonly perSecond: number;
}

/** Buckets in the memory of this process. There are as many as tenants that have asked. */
export function createTokenBuckets(now: () => number): TokenBuckets {
  const levels = new Map<string, { level: number; at: number; capacity: number }>();
  return {
    take(tenant, amount, { capacity, perSecond }) {
      const at = now();
      const before = levels.get(tenant) ?? { level: capacity, at, capacity };
      // A clock that is set back fills nothing.
      const level = Math.min(capacity, before.level + (Math.max(0, at - before.at) / 1000) * perSecond);
      const isEnough = level >= amount;
      levels.set(tenant, { level: isEnough ? level - amount : level, at, capacity });
      if (isEnough) return 0;
      return amount > capacity ? Number.POSITIVE_INFINITY : (amount - level) / perSecond;
    },
    giveBack(tenant, amount) {
      const known = levels.get(tenant);
      if (known) known.level = Math.min(known.capacity, known.level + amount);
    },
  };
}
