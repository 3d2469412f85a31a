import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Finding } from '../../src/alerts/finding.ts';
import { createDetection, type Detection, type DetectionState } from '../../src/detect/detection.ts';
import { type Click, click, clicks, midnight } from '../alerts/shop.ts';
import { counting } from './counting-detector.ts';

const detectors = { counting };
const lateness = 30;
const options = { lateness, quiet: 120 } as const;

const product = fc.constantFrom('a', 'b', 'c');
/** Some hours of a small shop, in the order of time, with bursts, pauses and equal times. */
const shopHours = fc
  .array(fc.record({ gap: fc.constantFrom(0, 0.2, 1, 1, 5, 20, 90, 400), visitor: fc.nat(3), product }), {
    minLength: 1,
    maxLength: 120,
  })
  .map((steps) => {
    let seconds = 0;
    return steps.map(({ gap, visitor, product: one }) => {
      seconds += gap;
      return click(seconds, { visitor: BigInt(visitor), product: one });
    });
  });

/** Each finding as text, with its rows. */
const texts = (findings: readonly Finding[]): string[] =>
  findings.map((finding) =>
    JSON.stringify(finding, (_name, value) => (typeof value === 'bigint' ? String(value) : value)),
  );

const observeAll = (detection: Detection, events: readonly Click[]): Finding[] =>
  events.flatMap((event) => detection.observe(event));

function findingsOf(events: readonly Click[]): string[] {
  const detection = createDetection(clicks, detectors, options);
  return texts([...observeAll(detection, events), ...detection.finish()]);
}

test('the order of arrival inside the lateness, and events that come twice, change nothing', () => {
  fc.assert(
    fc.property(
      shopHours,
      fc.infiniteStream(fc.nat(lateness - 1)),
      fc.infiniteStream(fc.boolean()),
      (events, delays, twice) => {
        const arrivals = events
          .map((event) => ({ event, at: event.at.getTime() + (delays.next().value ?? 0) * 1000 }))
          .sort((one, other) => one.at - other.at)
          .flatMap(({ event }) => (twice.next().value ? [event, event] : [event]));
        expect(findingsOf(arrivals)).toEqual(findingsOf(events));
      },
    ),
    { numRuns: 150 },
  );
});

test('a stream that is cut gives the same findings up to there', () => {
  fc.assert(
    fc.property(shopHours, fc.nat(20_000), (events, part) => {
      const cut = midnight + (part / 20_000) * ((events.at(-1)?.at.getTime() ?? midnight) - midnight);
      const whole = createDetection(clicks, detectors, options);
      const expected = [...observeAll(whole, events), ...whole.finish()].filter(({ time }) => time < cut);
      const detection = createDetection(clicks, detectors, options);
      const found = observeAll(
        detection,
        events.filter(({ at }) => at.getTime() <= cut),
      );
      found.push(...detection.advance(new Date(cut)), ...detection.finish());
      expect(texts(found.filter(({ time }) => time < cut)).sort()).toEqual(texts(expected).sort());
    }),
    { numRuns: 150 },
  );
});

test('a restart at any place goes on as if there had been none', () => {
  fc.assert(
    fc.property(shopHours, fc.nat(119), (events, place) => {
      const before = createDetection(clicks, detectors, options);
      const found = observeAll(before, events.slice(0, place));
      const state: DetectionState = JSON.parse(JSON.stringify(before.snapshot()));
      const after = createDetection(clicks, detectors, options, state);
      found.push(...observeAll(after, events.slice(place)), ...after.finish());
      expect(texts(found)).toEqual(findingsOf(events));
    }),
    { numRuns: 150 },
  );
});
