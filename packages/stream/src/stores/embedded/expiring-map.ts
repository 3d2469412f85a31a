/** A bounded map whose entries expire. */
export interface ExpiringMap<Value> {
  get(key: string, now: Date): Value | undefined;
  /** @param until in milliseconds since 1970 */
  set(key: string, value: Value, until: number): void;
  /** Those that were set last are at the end. */
  values(): Value[];
  /** Those that have not expired. */
  live(now: Date): Value[];
}

/** @param most when there are more entries, those that were set longest ago go */
export function createExpiringMap<Value>(most: number): ExpiringMap<Value> {
  const entries = new Map<string, { readonly value: Value; readonly until: number }>();
  return {
    get(key, now) {
      const entry = entries.get(key);
      return entry !== undefined && entry.until > now.getTime() ? entry.value : undefined;
    },
    set(key, value, until) {
      entries.delete(key);
      entries.set(key, { value, until });
      if (entries.size > most) for (const oldest of entries.keys()) if (entries.delete(oldest)) break;
    },
    live: (now) =>
      [...entries.values()].filter(({ until }) => until > now.getTime()).map(({ value }) => value),
    values: () => [...entries.values()].map(({ value }) => value),
  };
}
