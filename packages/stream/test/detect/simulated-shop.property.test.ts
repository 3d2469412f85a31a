import { simulateRows } from '@headwater/simulator';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Finding } from '../../src/alerts/finding.ts';
import type { Incident } from '../../src/alerts/incident.ts';
import { createIncidentLog } from '../../src/alerts/incident-log.ts';
import { createDetection, type Detection, type DetectionState } from '../../src/detect/detection.ts';
import { detectorTable } from '../../src/detect/detector-table.ts';
import { createRandom } from '../../src/local/faults/random.ts';
import { shop } from '../handlers/shop-table.ts';

// All detectors, over two days of a simulated shop with attackers and look-alikes.

const lateness = 60;
const start = Date.UTC(2026, 1, 1);
const options = { lateness, quiet: 1800 } as const;
const rows = [
  ...simulateRows({ events: 24_000, days: 2, start: '2026-02-01', seed: 5, attacks: 'easy' }),
].map((row) => ({
  ...{ event_time: row.event_time, event_type: row.event_type, product_id: BigInt(row.product_id) },
  ...{ price: row.price.toFixed(2), user_id: row.user_id, email: null, session_id: row.user_session ?? '' },
}));
type Row = (typeof rows)[number];

const open = (state?: DetectionState): Detection => createDetection(shop, detectorTable, options, state);
const observeAll = (detection: Detection, some: readonly Row[]): Finding[] =>
  some.flatMap((row) => detection.observe(row));
const incidentsOf = (found: readonly Finding[]): readonly Incident[] =>
  createIncidentLog(shop, { quiet: 1800 }).tell(found);
/** Rows of evidence are no part of a state. */
const withoutEvidence = (incidents: readonly Incident[]) =>
  incidents.map((one) => ({ ...one, evidence: [] }));

const whole = open();
const found = [...observeAll(whole, rows), ...whole.finish()];
const incidents = incidentsOf(found);

test('the detectors find something of each sort', () => {
  const subjects = new Set(incidents.map(({ subject_type }) => subject_type));
  expect([...subjects].sort()).toEqual(['actor', 'campaign', 'product', 'site']);
  expect(incidents.filter(({ state }) => state === 'open').length).toBeGreaterThan(10);
});

test('the order of arrival inside the lateness, and rows that come twice, change nothing', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const random = createRandom(seed, 'arrivals');
      const arrivals = rows
        .map((row) => ({ row, at: row.event_time.getTime() + random() * (lateness - 1) * 1000 }))
        .sort((one, other) => one.at - other.at)
        .flatMap(({ row }) => (random() < 0.1 ? [row, row] : [row]));
      const detection = open();
      expect(incidentsOf([...observeAll(detection, arrivals), ...detection.finish()])).toEqual(incidents);
    }),
    { numRuns: 2 },
  );
});

test('a stream that is cut has the same incidents up to there', () => {
  fc.assert(
    fc.property(fc.nat(2 * 86_400), (seconds) => {
      const cut = start + seconds * 1000;
      const detection = open();
      const some = observeAll(
        detection,
        rows.filter(({ event_time }) => event_time.getTime() <= cut),
      );
      some.push(...detection.advance(new Date(cut)), ...detection.finish());
      const until = (all: readonly Finding[]) => incidentsOf(all.filter(({ time }) => time < cut));
      expect(until(some)).toEqual(until(found));
    }),
    { numRuns: 5 },
  );
});

test('a restart at any place goes on as if there had been none', () => {
  fc.assert(
    fc.property(fc.nat(rows.length - 1), (place) => {
      const before = open();
      const some = observeAll(before, rows.slice(0, place));
      const after = open(JSON.parse(JSON.stringify(before.snapshot())));
      some.push(...observeAll(after, rows.slice(place)), ...after.finish());
      expect(withoutEvidence(incidentsOf(some))).toEqual(withoutEvidence(incidents));
    }),
    { numRuns: 2 },
  );
});
