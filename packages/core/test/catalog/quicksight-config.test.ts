import type { QuickSightConfig } from '@headwater/core';
import { quickSightProblem } from '@headwater/core/internal';
import { expect, test } from 'vitest';

const user = 'arn:aws:quicksight:eu-central-1:123456789012:user/default/anna';
const group = 'arn:aws:quicksight:eu-central-1:123456789012:group/default/buyers';
const owners = [user];

test('a whole config has no problem, and neither has none', () => {
  const whole: QuickSightConfig = {
    account: '123456789012',
    region: 'eu-central-1',
    title: 'The shop',
    mode: 'spice',
    theme: 'dark',
    days: 14,
    owners,
    viewers: [group],
    refresh: { at: '05:30', zone: 'Europe/Berlin' },
    rows: {
      column: 'brand',
      roles: { acme: { values: ['acme'], principals: [user] }, all: { principals: [group] } },
    },
    personalData: { pseudonymous: [user] },
  };
  expect(quickSightProblem(whole)).toBeUndefined();
  expect(quickSightProblem(undefined)).toBeUndefined();
});

test('a mode, a theme and a class of personal data that are none do not compile', () => {
  // @ts-expect-error there are two modes
  const mode: QuickSightConfig = { owners, mode: 'import' };
  // @ts-expect-error what is not personal data needs nobody
  const data: QuickSightConfig = { owners, personalData: { none: [user] } };
  // @ts-expect-error somebody owns it
  const nobody: QuickSightConfig = { viewers: [user] };
  for (const one of [mode, data, nobody]) expect(quickSightProblem(one)).toBeDefined();
});

const rows = (roles: unknown) => ({ owners, rows: { column: 'brand', roles } });
test.for([
  [[], 'must be an object'],
  [{ owner: owners }, '`quicksight.owner` is no field of it'],
  [{ owners: [] }, '`quicksight.owners` must be a list of ARNs'],
  [{ owners: ['anna'] }, '`quicksight.owners` must be a list of ARNs'],
  [{ owners, account: 123456789012 }, '`quicksight.account` must be an account'],
  [{ owners, region: 'Frankfurt' }, '`quicksight.region` must be a region'],
  [{ owners, title: 'x' }, '`quicksight.title` must be a text of 2 to 100'],
  [{ owners, days: 0 }, '`quicksight.days` must be a whole number'],
  [{ owners, refresh: { at: '5:00' } }, '`quicksight.refresh` must be an object with a time'],
  [{ owners, refresh: { at: '05:00', zone: 1 } }, '`quicksight.refresh.zone` must be a time zone'],
  [rows({}), '`quicksight.rows` must be an object'],
  [rows({ Acme: { principals: [user] } }), '`quicksight.rows.roles.Acme` is no name of a role'],
  [rows({ acme: { values: [], principals: [user] } }), '`quicksight.rows.roles.acme.values` must be a list'],
  [rows({ acme: { principals: [] } }), '`quicksight.rows.roles.acme.principals` must be a list of ARNs'],
  [rows({ a: { principals: [user] }, b: { principals: [user] } }), 'which is in a as well'],
  [{ owners, personalData: { secret: [user] } }, '`quicksight.personalData.secret` is no class'],
  [{ owners, personalData: { direct: [] } }, '`quicksight.personalData.direct` must be a list'],
] as const)('%j: %s', ([given, problem]) => {
  expect(quickSightProblem(given)).toContain(problem);
});
