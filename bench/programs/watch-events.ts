// Watches events of a shop for the default threshold, 2,000 a second of event time, and says how long that took.
//   node watch-events.ts <actors> <events>
import { clickstream } from '@headwater/example-ecommerce';
import { createThresholdWatcher } from '@headwater/stream';
import { printOutcome } from './print-outcome.ts';

const [actors = 10_000, events = 1_000_000] = process.argv.slice(2).map(Number);
const watcher = createThresholdWatcher(clickstream);
const start = Date.UTC(2019, 9, 1);
const perBatch = 10_000;
let seconds = 0;
for (let first = 0; first < events; first += perBatch) {
  // Rows are made beside the clock. A step that is prime to the number of actors meets each of them once.
  const rows = Array.from({ length: Math.min(perBatch, events - first) }, (_, index) => ({
    event_time: new Date(start + (first + index) / 2),
    event_type: 'view',
    product_id: BigInt((first + index) % 5000),
    category_id: null,
    category_code: null,
    brand: null,
    price: 1.5,
    user_id: BigInt(((first + index) * 7919) % actors),
    user_session: null,
  }));
  const started = process.hrtime.bigint();
  for (const row of rows) watcher.observe(row);
  seconds += Number(process.hrtime.bigint() - started) / 1e9;
}
printOutcome(events, seconds);
