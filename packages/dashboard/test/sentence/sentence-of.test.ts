import { expect, test } from 'vitest';
import { type AnswerRow, chartOfAnswer, sentenceOf } from '../../src/index.ts';
import { answerOf } from '../support/answer-of.ts';

type Parameters = Readonly<Record<string, string>>;
const said = (
  metric: string,
  parameters: Parameters,
  rows: AnswerRow[],
  beforeRows?: AnswerRow[],
  choice = {},
) => {
  const now = answerOf(metric, parameters, rows);
  const before =
    beforeRows && answerOf(metric, { ...parameters, from: '2024-02-26', to: '2024-03-03' }, beforeRows);
  return sentenceOf(chartOfAnswer(now, choice), { now, before });
};
const days = (values: (number | null)[], from: string, measure = 'visitors') =>
  values.flatMap((value, index) =>
    value === null
      ? []
      : [
          {
            period: new Date(Date.parse(from) + index * 86_400_000).toISOString().slice(0, 10),
            [measure]: value,
          },
        ],
  );
const now = days([20_926, 20_742, 20_601, 21_116, 21_949, 22_086, 20_758], '2024-03-04');
const before = days([20_113, 20_284, 20_377, 20_690, 21_402, 21_873, 20_941], '2024-02-26');

test('a line says where it is highest and lowest, and on how many days it is above', () => {
  expect(said('daily-visitors', {}, now, before)).toBe(
    'Highest on Sat 9 Mar (22,086), lowest on Wed 6 Mar (20,601); above 26 Feb – 3 Mar on 6 of 7 days.',
  );
  expect(
    said(
      'daily-visitors',
      {},
      before.map((row, index) => ({ ...row, period: now[index]?.period })),
      now.map((row, index) => ({ ...row, period: before[index]?.period })),
    ),
  ).toMatch(/; above 26 Feb – 3 Mar on 1 of 7 days\.$/);
  expect(said('daily-visitors', {}, now, [])).toMatch(/; 26 Feb – 3 Mar has no figures to compare with\.$/);
});

test('a gap is named, and a flat line is not given a peak', () => {
  expect(said('daily-visitors', {}, days([5, null, 7, 5, 5, 5, 5], '2024-03-04'))).toBe(
    'Highest on Wed 6 Mar (7), lowest on Mon 4 Mar (5). 1 day without a figure: a gap, not zero.',
  );
  expect(said('daily-visitors', {}, days([5, 5, 5, 5, 5, 5, 5], '2024-03-04'))).toBe('5 in each of 7 days.');
  expect(said('daily-visitors', { to: '2024-03-04' }, days([5], '2024-03-04'))).toBe('5 on Mon 4 Mar.');
  expect(said('daily-visitors', {}, [])).toBe('No figures for 4–10 Mar 2024.');
});

const brands = (...values: [string | null, number][]) =>
  values.map(([brand, revenue], index) => ({ rank: index + 1, brand, revenue }));

test('bars say what is first, and by how much', () => {
  expect(said('top-brands', {}, brands(['apple', 300], ['samsung', 150]))).toBe(
    'apple is first with 300.00, 2.0 times the 150.00 of samsung.',
  );
  expect(said('top-brands', {}, brands(['apple', 151], ['samsung', 150]))).toBe(
    'apple is first with 151.00, before samsung (150.00).',
  );
  expect(said('top-brands', {}, brands(['apple', 150], ['samsung', 150]))).toBe(
    'apple and samsung are first, with 150.00 each.',
  );
  expect(said('top-brands', {}, brands(['acme', 150]))).toBe('acme: 150.00.');
  expect(said('top-categories', {}, [{ rank: 1, category: null, revenue: 3 }])).toBe('(none): 3.00.');
});

test('a funnel says how many arrive, and where most are lost', () => {
  const steps = (sessions: number, views: number, carts: number, purchases: number) => [
    { sessions, viewSessions: views, cartSessions: carts, purchaseSessions: purchases },
  ];
  expect(said('conversion-funnel', { grain: 'all' }, steps(1000, 990, 100, 68))).toBe(
    'Purchase sessions: 68 of 1,000 (6.80%); most are lost from view sessions to cart sessions.',
  );
  expect(said('conversion-funnel', { grain: 'all' }, steps(1000, 990, 60, 68))).toMatch(
    /Purchase sessions \(68\) are more than cart sessions \(60\): each step is counted by itself, and does not need the one before\.$/,
  );
});

test('a heat map names its extremes', () => {
  const cell = (weekday: number, hour: number, events: number) => ({ weekday, hour, events });
  expect(said('peak-hours', { by: 'weekday' }, [cell(1, 16, 30), cell(7, 4, 2), cell(2, 9, 8)])).toBe(
    'Highest: Mon 16:00 (30). Lowest: Sun 04:00 (2).',
  );
  const cohort = (offset: number, retentionRate: number) => ({ cohort: '2024-03-04', offset, retentionRate });
  expect(said('retention', {}, [cohort(0, 1), cohort(1, 0.25), cohort(2, 0.125)])).toBe(
    'Highest: Mon 4 Mar after 1 day (25.0%). Lowest: Mon 4 Mar after 2 days (12.5%).',
  );
});

test('a figure says its change', () => {
  expect(said('daily-visitors', {}, now, before, { mark: 'kpi' })).toBe(
    'Visitors: 21,168, +1.7% against 26 Feb – 3 Mar (20,811).',
  );
});
