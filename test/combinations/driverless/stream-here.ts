// A program that runs a stream in its own process, and keeps live carts: it has no client of AWS.
import assert from 'node:assert/strict';
import { createEmbeddedStore, createRecordReader, sessionRules } from '@headwater/stream';
import { type Archive, runStream, sessionsHandler } from '@headwater/stream/local';
import { shop } from './shop.js';

async function* source() {
  const place = { action: 'cart', product: 7, price: 2.5, customer: 1, visit: 'a' };
  for (const second of [0, 1, 1])
    yield {
      data: Buffer.from(JSON.stringify({ happened_at: `2026-01-01T00:00:0${second}Z`, ...place })),
      partitionKey: '1',
    };
  yield { data: Buffer.from('no JSON'), partitionKey: '1' };
}

const read = createRecordReader(shop);
const seen = new Set<string>();
const counts = { rows: 0, duplicates: 0, quarantined: 0, filtered: 0 };
const archive: Archive = {
  write: async (_shard, records) => {
    for (const record of records) {
      const result = read(record);
      if (result.kind !== 'event') counts.quarantined += 1;
      else if (seen.has(result.event.happened_at.toISOString())) counts.duplicates += 1;
      else counts.rows += 1;
      if (result.kind === 'event') seen.add(result.event.happened_at.toISOString());
    }
  },
  flush: async () => counts,
};
const store = createEmbeddedStore(sessionRules(shop, { needs: ['carts'] }));
const report = await runStream({
  table: shop,
  source: source(),
  archive,
  handlers: [sessionsHandler(store)],
});
assert.equal(report.sent, 4);
assert.deepEqual(counts, { rows: 2, duplicates: 1, quarantined: 1, filtered: 0 });
const { count, value } = await store.openCarts(new Date('2026-01-01T00:00:02Z'));
assert.deepEqual([count, value], [1, '5.00']);
// @ts-expect-error a session has no colour
assert.equal((await store.session('a', new Date('2026-01-01T00:00:02Z')))?.colour, undefined);
