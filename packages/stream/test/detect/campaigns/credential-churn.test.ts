import { expect, test } from 'vitest';
import type { ShopEvent } from '../../../src/detect/shop-event.ts';
import { membersOf, row, watch } from './watch.ts';

/** Sessions of an account: `rows` rows of 8 seconds, then a pause. */
function sessions(
  actor: string,
  from: number,
  count: number,
  { rows = 2, pause = 90, even = true } = {},
): ShopEvent[] {
  const events: ShopEvent[] = [];
  let second = from;
  for (let visit = 0; visit < count; visit++) {
    for (let view = 0; view < rows; view++, second += 8)
      events.push(row(second, actor, `item ${(visit * 7 + view) % 40}`, { session: `${actor} ${visit}` }));
    second += even ? pause + (visit % 3) * 10 : ((visit % 4) + 0.1) * pause;
  }
  return events;
}

test('an account with short sessions one after the other is a campaign, told as long as it goes on', () => {
  const found = watch(sessions('victim', 1000, 60));
  expect(membersOf(found)).toEqual({ 'credential-churn:victim': ['victim'] });
  expect(found[0]).toMatchObject({ subjectType: 'campaign', severity: 'critical', seen: 1, expected: 0 });
  // Sixty sessions of two minutes: from the tenth on, every 10 minutes.
  expect(found.length).toBeGreaterThanOrEqual(9);
  expect(found.length).toBeLessThanOrEqual(12);
});

test('accounts that follow each other at the same pace are one campaign; at another pace or time they are several', () => {
  const [one, two] = [sessions('one', 1000, 20), sessions('two', 1000 + 20 * 116 + 60, 20)];
  const slower = sessions('slower', 1000, 14, { pause: 400 });
  const later = sessions('later', 40_000, 20);
  expect(membersOf(watch([...one, ...two, ...slower, ...later]))).toEqual({
    'credential-churn:one': ['one', 'two'],
    'credential-churn:slower': ['slower'],
    'credential-churn:later': ['later'],
  });
});

test('a browser that keeps no session has one for each page, but not of so many pages', () => {
  const pages = (count: number) => sessions('visitor', 1000, count, { rows: 1, pause: 20 });
  expect(watch(pages(40))).toEqual([]);
  expect(membersOf(watch(pages(60)))).toEqual({ 'credential-churn:visitor': ['visitor'] });
});

test('people who share an account, power users and people who come back irregularly are left alone', () => {
  const shared = [0, 1, 2].flatMap((person) =>
    sessions('family', 1000 + person * 3, 20).map((event) => ({
      ...event,
      session: `${person} ${event.session}`,
    })),
  );
  // Each of two people stays in one session for a few minutes.
  const couple = [0, 1].flatMap((person) =>
    sessions('couple', 1000 + person * 45, 30).map((event, number) => ({
      ...event,
      session: `${person} ${Math.floor(number / 12)}`,
    })),
  );
  const power = sessions('power user', 1000, 12, { rows: 40 });
  const irregular = sessions('irregular', 1000, 30, { pause: 200, even: false });
  const rare = sessions('rare', 1000, 30, { pause: 2400 });
  for (const rows of [shared, couple, power, irregular, rare]) expect(watch(rows)).toEqual([]);
});
