import type { PoisonRecord } from '../failures/poison-sink.ts';

/** How often each reason occurs, for a log line: `{ 'price:below_minimum': 2, not_json: 1 }`. */
export function countReasons(records: readonly Pick<PoisonRecord, 'reasons'>[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { reasons } of records)
    for (const { column, code } of reasons) {
      const reason = column === null ? code : `${column}:${code}`;
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
  return Object.fromEntries(counts);
}
