import { expect, test } from 'vitest';
import { Admission } from '../src/guard/admission.ts';
import { resultCache } from '../src/guard/cache/result-cache.ts';
import type { LakeSession } from '../src/session/lake-engine.ts';

const finished = {
  engine: 'athena',
  queryId: 'q',
  sql: 'select 1',
  milliseconds: 1,
  scannedBytes: 0,
} as const;

test.each([true, false])(
  'an answer that Athena reused (%s) is not kept: it may be older than the commit in its key',
  async (reused) => {
    const kept = new Map<string, Uint8Array>();
    const store = {
      get: async (key: string) => kept.get(key),
      set: async (key: string, bytes: Uint8Array) => void kept.set(key, bytes),
    };
    const session = { engine: 'athena', files: async () => [] } as unknown as LakeSession;
    const query = { cache: resultCache({ store }), session, scans: [], keyOf: () => 'key', key: 'key' };
    const admission = new Admission({}, query);
    expect(await admission.cached()).toBeUndefined();
    admission.finished({ ...finished, reused });
    await admission.keep([{ rows: 1 }]);
    expect(kept.size).toBe(reused ? 0 : 1);
  },
);
