import { expect, test } from 'vitest';
import { type CountedMinutes, createMinuteJudge } from '../../src/detect/shards/minute-judge.ts';
import { emptyMinute, type MinuteSummary } from '../../src/detect/site/minute-summary.ts';
import { defaultSiteParameters } from '../../src/detect/site/parameters.ts';

const options = {
  ...{ shop: { site: 'clicks', zone: 'UTC' }, lateness: 10_000, quiet: 600_000, off: [] },
  parameters: defaultSiteParameters,
};
const start = Date.UTC(2026, 2, 1);
const days = 3;
/** Visits of people: most stay. From `flood` on, many come and leave. */
const minuteOf = (index: number, flood: number): MinuteSummary => {
  const crowd = index >= flood && index < flood + 15 ? 60 : 0;
  const counts = { visits: 12 + crowd, newcomers: 6 + crowd, stayed: 4, shopping: 1, bought: 3 };
  return { ...emptyMinute(start + index * 60_000), rows: 50 + crowd, views: 45 + crowd, ...counts };
};
const flood = 2 * 1440 + 700;
const shard = (first: number, last: number, isActive = true): CountedMinutes => ({
  until: start + last * 60_000,
  isActive,
  minutes: Array.from({ length: last - first }, (_, index) => minuteOf(first + index, flood)),
});
const none = () => [];

test('minutes are judged once, when every active shard has counted them', () => {
  const judge = createMinuteJudge(options);
  expect(judge.snapshot()).toBeUndefined();
  judge.judge([shard(0, 100), shard(0, 60)], none);
  expect(judge.snapshot()?.judged).toBe(start + 60 * 60_000);
  // One that is behind is waited for; one that was not heard of for long is not.
  judge.judge([shard(60, 200), shard(60, 60)], none);
  expect(judge.snapshot()?.judged).toBe(start + 60 * 60_000);
  judge.judge([shard(60, 200), shard(60, 60, false)], none);
  expect(judge.snapshot()?.judged).toBe(start + 200 * 60_000);
});

test('the sum of the shards is judged, whoever goes on from the state', () => {
  const end = days * 1440;
  const atOnce = createMinuteJudge(options).judge([shard(0, end), shard(0, end)], none);
  const breaches = atOnce.filter(({ finding }) => finding === 'breach');
  expect(breaches[0]).toMatchObject({ kind: 'distributed-flood', subject: 'clicks' });
  const opened = ((breaches[0]?.time ?? 0) - 10_000 - start) / 60_000 - flood;
  expect(opened > 0 && opened <= 10).toBe(true);
  expect(atOnce.at(-1)).toMatchObject({ finding: 'quiet', kind: 'distributed-flood' });

  const inParts = [];
  let state: string | undefined;
  for (let from = 0; from < end; from += 500) {
    const to = Math.min(end, from + 500);
    const judge = createMinuteJudge(options, state === undefined ? undefined : JSON.parse(state));
    inParts.push(...judge.judge([shard(from, to), shard(from, to)], none));
    state = JSON.stringify(judge.snapshot());
  }
  expect(inParts).toEqual(atOnce);
  expect(createMinuteJudge({ ...options, off: ['distributed-flood'] }).judge([shard(0, end)], none)).toEqual(
    [],
  );
});
