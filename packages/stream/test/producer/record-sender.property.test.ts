import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRandom } from '../../src/local/faults/random.ts';
import { createRecordSender } from '../../src/producer/record-sender.ts';
import { serviceLimits } from '../../src/producer/service-limits.ts';
import type { UnsentRecord } from '../../src/producer/unsent-record.ts';
import { FaultySink } from './faulty-sink.ts';
import { VirtualClock } from './virtual-clock.ts';

const share = (max: number) => fc.double({ min: 0, max, noNaN: true });
const runs = Number(process.env['HEADWATER_SENDER_RUNS'] ?? 150);

const cases = fc.record({
  seed: fc.integer(),
  records: fc.integer({ min: 1, max: 250 }),
  keys: fc.integer({ min: 1, max: 12 }),
  order: fc.constantFrom('key', 'none'),
  requestsInFlight: fc.integer({ min: 1, max: 4 }),
  requestBytes: fc.constantFrom(40, 400, serviceLimits.requestBytes),
  bufferRecords: fc.integer({ min: 1, max: 60 }),
  bufferBytes: fc.constantFrom(30, 3000),
  maximumAttempts: fc.constantFrom(1, 3, 50),
  maximumAgeSeconds: fc.constantFrom(0.2, 300),
  faults: fc.record({
    records: share(0.6),
    throttled: share(0.3),
    broken: share(0.2),
    lostAnswers: share(0.2),
  }),
});

it('sends or reports each record it accepts, in the order of its key, whatever fails', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ seed, records, keys, faults, ...options }) => {
      const random = createRandom(seed, 'sender');
      const clock = new VirtualClock(random);
      const sink = new FaultySink(clock, random, faults);
      const unsent: UnsentRecord[] = [];
      const sender = createRecordSender({
        ...options,
        sink,
        clock,
        onUnsent: async (record) => {
          await clock.pause(5);
          unsent.push(record);
        },
      });
      let mostBuffered = 0;
      const sent: { readonly key: string; readonly text: string }[] = [];
      const work = async () => {
        for (let index = 0; index < records; index += 1) {
          const key = `k${Math.floor(random() * keys)}`;
          const text = random() < 0.03 ? 'bad' : `event ${index}`;
          sent.push({ key, text });
          await sender.send({ partitionKey: key, data: Buffer.from(text) });
          mostBuffered = Math.max(mostBuffered, sender.counts.buffered);
          if (random() < 0.02) await sender.flush();
        }
        return sender.close();
      };
      const counts = await clock.until(work());

      // Everything that was accepted was sent or reported, and the counts say so.
      expect(counts).toMatchObject({ accepted: records, buffered: 0 });
      expect(counts.sent + counts.unsent).toBe(counts.accepted);
      expect(unsent).toHaveLength(counts.unsent);
      const stored = new Set(sink.stored.map(({ text }) => text));
      const given = new Map(unsent.map((one) => [Buffer.from(one.entry.data).toString('utf8'), one]));
      for (const { text } of sent) {
        if (text === 'bad') expect(given.has(text)).toBe(true);
        else expect(stored.has(text) || given.has(text), text).toBe(true);
        // What was reported as not sent is in the stream only where the report says that it may be.
        if (stored.has(text) && given.has(text)) expect(given.get(text)?.mayBeStored).toBe(true);
      }

      // Only what failed is sent again, and no more often than it may be.
      expect(sink.afterConfirmation).toEqual([]);
      if (faults.lostAnswers === 0) expect(stored.size).toBe(sink.stored.length);
      for (const { attempts } of unsent) expect(attempts).toBeLessThanOrEqual(options.maximumAttempts);

      // Limits.
      expect(mostBuffered).toBeLessThanOrEqual(options.bufferRecords);
      expect(sink.mostInFlight).toBeLessThanOrEqual(options.requestsInFlight);
      for (const texts of sink.requests) {
        const bytes = texts.reduce((sum, text) => sum + text.length + 2, 0);
        expect(texts.length === 1 || bytes <= options.requestBytes).toBe(true);
        expect(texts.length).toBeLessThanOrEqual(serviceLimits.requestRecords);
      }

      // The first time that a key's records are in the stream is in the order of the calls.
      if (options.order === 'key')
        for (let key = 0; key < keys; key += 1) {
          const first = [
            ...new Set(sink.stored.filter((one) => one.key === `k${key}`).map(({ text }) => text)),
          ];
          const calls = sent.filter((one) => one.key === `k${key}` && stored.has(one.text));
          expect(first).toEqual(calls.map(({ text }) => text));
        }
    }),
    { numRuns: runs, ...seedOfRun() },
  );
});

function seedOfRun(): { seed?: number } {
  const seed = process.env['HEADWATER_SENDER_SEED'];
  return seed === undefined ? {} : { seed: Number(seed) };
}
