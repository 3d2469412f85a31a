import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { manifestPath } from '@headwater/core/internal';
import { expect, test } from 'vitest';
import { expireDays, forgetActors, loadEvents, repairLake, syncLake, verifyLake } from '../src/index.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';
import { valuesWith } from './searched-bytes.ts';

const person = '9100000000000000007';
const own = (day: number, price = '5.00') => `2019-10-0${day} 00:00:30 UTC,view,1,nike,${price},${person},s`;

async function fixture() {
  const folder = await temporaryFolder();
  const lake = join(folder, 'lake');
  const load = async (name: string, rows: readonly string[]) =>
    loadEvents({ table: events, lake, inputs: [await writeLines(folder, name, [header, ...rows])] });
  await load('a.csv', [own(1), own(2), own(3, '-1'), ...rowsOfDays(40, 4)]);
  const forget = () => forgetActors({ table: events, lake, actors: [person], answerFolders: [] });
  const expire = () => expireDays({ table: events, lake, olderThan: '2019-10-02' });
  const verify = (place = lake) => verifyLake({ table: events, lake: place });
  const lose = (commit: number) => rm(join(lake, manifestPath('events', commit)));
  return {
    folder,
    lake,
    load,
    forget,
    expire,
    verify,
    lose,
    repair: (dropDamaged = false) => repairLake({ table: events, lake, dropDamaged }),
  };
}

test('a copy of a lake has the erasure and the expiry after a sync, and no file of before', async () => {
  const { folder, lake, forget, expire, verify } = await fixture();
  const copy = join(folder, 'copy');
  const sync = () => syncLake({ table: events, from: lake, to: copy });
  await sync();
  expect(await valuesWith(copy, person)).not.toEqual([]);
  await forget();
  await expire();
  await sync();
  expect(await valuesWith(copy, person)).toEqual([]);
  expect(await verify(copy)).toMatchObject({ ok: true, rows: 30, leftovers: [] });
});

test.each([
  ['an erasure', 'forget', 40],
  ['an expiry', 'expire', 31],
] as const)(
  'the manifest of %s is lost before later ones: a repair brings nothing back',
  async (_, operation, rows) => {
    const { lake, load, lose, repair, verify, ...fixed } = await fixture();
    await fixed[operation]();
    await load('b.csv', rowsOfDays(20, 4, 900).slice(5));
    const before = await verify();
    expect(before).toMatchObject({ ok: true, rows: rows + 15 });
    await lose(2);
    // The files that it took out are listed again, and gone: nobody can tell that they were not lost.
    const { problems, inputsUnknown } = await repair();
    expect(problems.map(({ problem }) => problem)).toEqual(
      problems.map(() => expect.stringContaining('is missing. Commit 2')),
    );
    expect({ problems: problems.length, inputsUnknown }).toEqual({
      problems: operation === 'forget' ? 2 : 1,
      inputsUnknown: true,
    });
    expect(await repair(true)).toMatchObject({
      problems: [],
      reloadable: [expect.stringMatching(/a\.csv$/)],
    });
    expect(await verify()).toMatchObject({ ok: true, rows: before.rows, leftovers: [] });
    if (operation === 'forget') expect(await valuesWith(lake, person)).toEqual([]);
  },
);

test.each([
  ['an erasure', 'forget', 40],
  ['an expiry', 'expire', 31],
] as const)(
  'the last manifest, of %s, is lost: a repair names the files that are gone, as a verification does',
  async (_, operation, rows) => {
    const { lose, repair, verify, ...fixed } = await fixture();
    await fixed[operation]();
    await lose(2);
    const missing = (await verify()).problems.filter(({ problem }) => problem === 'is missing');
    expect(missing.length).toBeGreaterThan(0);
    // An erasure also wrote files, without the rows of the person: these are listed again.
    const { problems, replaced } = await repair();
    const isReplaced = new Set(replaced.map(({ file }) => file));
    expect(problems).toEqual(missing.filter(({ file }) => !isReplaced.has(file)));
    expect(problems.length).toBeGreaterThan(0);
    expect((await verify()).problems).toEqual(problems);
    expect(await repair(true)).toMatchObject({ problems: [] });
    expect(await verify()).toMatchObject({ ok: true, rows, leftovers: [] });
  },
);

test('the manifest of a load is lost before an erasure and an expiry: a repair brings nothing back', async () => {
  const { lake, load, lose, repair, verify, forget, expire } = await fixture();
  await load('b.csv', rowsOfDays(20, 4, 900));
  await forget();
  await expire();
  await lose(1);
  expect(await repair()).toMatchObject({ problems: [] });
  expect(await verify()).toMatchObject({ ok: true, rows: 45, leftovers: [] });
  expect(await valuesWith(lake, person)).toEqual([]);
});
