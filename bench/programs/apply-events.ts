// Applies events of a shop to an embedded store of live sessions, in deliveries of 100, and says how long that took.
//   node apply-events.ts <order> <events>
import { clickstream } from '@headwater/example-ecommerce';
import { simulateRows } from '@headwater/simulator';
import { createEmbeddedStore, type DeliveredEvent, sessionRules } from '@headwater/stream';
import { printOutcome } from './print-outcome.ts';

const [order = '', events = '300000'] = process.argv.slice(2);
const delivered: DeliveredEvent[] = [];
const times: Date[] = [];
for (const row of simulateRows({ events: Number(events), days: 1, start: '2019-10-01', seed: 1 })) {
  times.push(row.event_time);
  delivered.push({
    event: { ...row, product_id: BigInt(row.product_id) },
    sequenceNumber: String(delivered.length),
  });
}
// Events change places with others up to 500 further on, as when a shard was behind.
if (order === 'disordered')
  for (const [at, one] of delivered.entries()) {
    const place = at + ((at * 7919) % 500);
    const other = delivered[place];
    if (other) [delivered[at], delivered[place]] = [other, one];
  }
const store = createEmbeddedStore(sessionRules(clickstream));
const started = process.hrtime.bigint();
for (let at = 0; at < delivered.length; at += 100)
  await store.apply(delivered.slice(at, at + 100), times[at] ?? new Date(0));
printOutcome(delivered.length, Number(process.hrtime.bigint() - started) / 1e9);
