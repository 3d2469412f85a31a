import { expect, test } from 'vitest';
import { contentDigest, differences } from '../../src/quicksight/publish/asset-content.ts';
import { errorTexts } from '../../src/quicksight/publish/error-texts.ts';
import { comparePermissions, permissionsFor } from '../../src/quicksight/publish/permissions.ts';

import { handMadeAssets } from './hand-made-assets.ts';

const day = (text: string): Date => new Date(`${text}T00:00:00Z`);

test.each<readonly [string, unknown, unknown, string[]]>([
  ['the same', { Name: 'a', On: [1, 2] }, { Name: 'a', On: [1, 2] }, []],
  ['what the service fills in', { Name: 'a' }, { Name: 'a', Options: { WeekStart: 'SUNDAY' } }, []],
  ['absent for empty', { Actions: [], Title: { Text: '' }, On: false }, {}, []],
  ['another value', { Sheets: [{ Name: 'a' }] }, { Sheets: [{ Name: 'b' }] }, ['Sheets[0].Name']],
  ['a missing member', { A: { B: 1 } }, { A: {} }, ['A.B']],
  ['a list of another length', { Sheets: [1] }, { Sheets: [1, 2] }, ['Sheets']],
  ['a list in another order', { Sheets: ['a', 'b'] }, { Sheets: ['b', 'a'] }, ['Sheets[0]', 'Sheets[1]']],
  [
    'a list without an order',
    { CalculatedFields: [{ Name: 'a' }, { Name: 'b' }] },
    { CalculatedFields: [{ Name: 'b' }, { Name: 'a', Id: 1 }] },
    [],
  ],
  [
    'a list without an order, with the same item twice',
    { CalculatedFields: [{ Name: 'a' }, { Name: 'a' }] },
    { CalculatedFields: [{ Name: 'a' }, { Name: 'b' }] },
    ['CalculatedFields'],
  ],
  ['the same day', { From: day('2024-03-03') }, { From: day('2024-03-03') }, []],
  ['another day', { From: day('2024-03-03') }, { From: day('2024-03-04') }, ['From']],
  ['a text for a structure', { Name: { Text: 'a' } }, { Name: 'a' }, ['Name']],
])('compares %s', (_, derived, live, paths) => {
  expect(differences(derived, live)).toEqual(paths);
});

test('a digest is of the content, and not of the order of its members', () => {
  const digest = contentDigest({
    Name: 'a',
    Sheets: [{ SheetId: 'one', Name: 'b' }],
    From: day('2024-03-03'),
  });
  expect(digest).toMatch(/^[0-9a-f]{16}$/);
  expect(
    contentDigest({
      Sheets: [{ Name: 'b', SheetId: 'one' }],
      From: day('2024-03-03'),
      Name: 'a',
      More: undefined,
    }),
  ).toBe(digest);
  expect(contentDigest({ Name: 'a', Sheets: [], From: day('2024-03-03') })).not.toBe(digest);
  expect(
    contentDigest({ Name: 'a', Sheets: [{ SheetId: 'one', Name: 'b' }], From: day('2024-03-04') }),
  ).not.toBe(digest);
});

test('gives viewers the dashboard alone, and owners everything', () => {
  const principals = { owners: ['ana'], viewers: ['ana', 'bo'] };
  expect(permissionsFor('data set', principals)).toMatchObject([{ Principal: 'ana' }]);
  expect(permissionsFor('data set', principals)[0]?.Actions).toHaveLength(18);
  expect(permissionsFor('dashboard', principals)).toMatchObject([
    { Principal: 'ana', Actions: expect.arrayContaining(['quicksight:UpdateDashboardPublishedVersion']) },
    {
      Principal: 'bo',
      Actions: [
        'quicksight:DescribeDashboard',
        'quicksight:ListDashboardVersions',
        'quicksight:QueryDashboard',
      ],
    },
  ]);
});

test('compares rights by principal: an owner who becomes a viewer loses the rest, others keep theirs until they are pruned', () => {
  const wanted = [{ Principal: 'bo', Actions: ['a'] }];
  const live = [
    { Principal: 'bo', Actions: ['a', 'b'] },
    { Principal: 'cy', Actions: ['a'] },
  ];
  expect(comparePermissions(wanted, live, false)).toEqual({
    grants: [],
    revokes: [{ Principal: 'bo', Actions: ['b'] }],
    others: ['cy'],
  });
  expect(comparePermissions(wanted, live, true).revokes).toEqual([
    { Principal: 'bo', Actions: ['b'] },
    { Principal: 'cy', Actions: ['a'] },
  ]);
  // The service takes whole groups of actions alone.
  const owner = [{ Principal: 'bo', Actions: ['a', 'b', 'c'] }];
  expect(comparePermissions(owner, live, false).grants).toEqual(owner);
});

test('names the sheet and the visual of an error, by its id or by its position', () => {
  const { Definition } = handMadeAssets().analysis;
  const texts = (...paths: readonly string[]) =>
    errorTexts([{ Type: 'X', Message: 'm', ViolatedEntities: paths.map((Path) => ({ Path })) }], Definition);
  expect(texts('sheet/overview/visual/brands')).toEqual(['X at sheet overview, visual brands: m']);
  expect(texts('Definition.Sheets[0].Visuals[0].KPIVisual')).toEqual([
    'X at sheet overview, visual visitors: m',
  ]);
  expect(texts('parameter/From', 'sheets/0/visuals/1')).toEqual([
    'X at parameter/From and sheet overview, visual brands: m',
  ]);
  expect(texts()).toEqual(['X: m']);
});
