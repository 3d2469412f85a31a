import { type AttackLabel, attackLabels, type CaseKindName, simulateRows } from '@headwater/simulator';
import { describe, expect, test } from 'vitest';
import type { Breach } from '../../../src/alerts/finding.ts';
import { createDetection, type DetectionState } from '../../../src/detect/detection.ts';
import { siteDetector } from '../../../src/detect/site/site-detector.ts';
import type { EventRow } from '../../../src/record/event-identity.ts';
import { shop } from '../../local/shop.ts';
import { hours, minutes } from './shop-minutes.ts';

const attacks = ['click_flood', 'distributed_flood', 'slow_ramp', 'outage'] as const;
const lookAlikes = ['flash_sale', 'advertising_spike', 'newsletter', 'viral_product', 'tab_reload'] as const;
/** They add rows without being of the site: scrapers, and accounts that act together. */
const others = ['fast_scraper', 'sniper', 'cart_bomber', 'rotating_identities', 'carding'] as const;
const kinds: readonly CaseKindName[] = [...attacks, ...lookAlikes, ...others];

/** Four days of a shop with 17 rows a minute. Seeds for tuning. */
function simulated(level: 'easy' | 'medium' | 'hard'): { rows: EventRow[]; labels: AttackLabel[] } {
  const options = { events: 100_000, days: 4, start: '2026-05-04', seed: 11, attacks: { level, kinds } };
  const labels = [...attackLabels(options)].filter(({ role }) => role === 'case');
  return { rows: [...simulateRows(options)].map((row) => ({ ...row })), labels };
}

const detectionOf = (state?: DetectionState) =>
  createDetection(shop, { site: siteDetector }, { areDistinct: true }, state);

function findIn(rows: readonly EventRow[], detection = detectionOf()): Breach[] {
  return rows
    .flatMap((row) => detection.observe(row))
    .filter((finding): finding is Breach => finding.finding === 'breach');
}

/** Whether a finding is about a case: at its time, or within an hour after it, and about its product if it has one. */
function isAbout(finding: Breach, label: AttackLabel): boolean {
  const isThen = finding.time >= Date.parse(label.from) && finding.start <= Date.parse(label.to) + hours(1);
  return isThen && (finding.subjectType === 'site' || finding.subject === label.subject);
}

describe.each([
  ['easy', 4],
  ['medium', 4],
  ['hard', 3],
] as const)('simulated floods and outages that are %s', (level, floor) => {
  test('are found, and sales, advertisements, newsletters and viral products are not', () => {
    const { rows, labels } = simulated(level);
    const found = findIn(rows);
    const cases = labels.filter(({ kind }) => (attacks as readonly string[]).includes(kind));
    const people = labels.filter(({ kind }) => (lookAlikes as readonly string[]).includes(kind));
    expect(cases).toHaveLength(4);
    expect(people.length).toBeGreaterThan(4);
    expect(
      cases.filter((one) => found.some((finding) => isAbout(finding, one))).length,
    ).toBeGreaterThanOrEqual(floor);
    expect(found.filter((finding) => !cases.some((one) => isAbout(finding, one)))).toEqual([]);
  });
});

test('a detector that is stopped at any time has found the same until then, and goes on from its snapshot', () => {
  const { rows } = simulated('medium');
  const about = (found: readonly Breach[]) =>
    found.map(({ kind, subject, time, seen, expected, actors }) => ({
      kind,
      subject,
      time,
      seen,
      expected,
      actors,
    }));
  const whole = about(findIn(rows));
  expect(whole.length).toBeGreaterThan(20);
  let found: Breach[] = [];
  let state: DetectionState | undefined;
  for (let from = 0; from < rows.length; from += 14_983) {
    const detection = detectionOf(state);
    found = [...found, ...findIn(rows.slice(from, from + 14_983), detection)];
    state = JSON.parse(JSON.stringify(detection.snapshot()));
    const until = (found.at(-1)?.time ?? 0) + minutes(1);
    expect(about(found)).toEqual(whole.filter(({ time }) => time < until).slice(0, found.length));
  }
  expect(found).toHaveLength(whole.length);
});
