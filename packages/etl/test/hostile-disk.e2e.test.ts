import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import { loadEvents } from '../src/index.ts';
import { events, header, rowsOfDays, temporaryFolder, writeLines } from './events-fixture.ts';

const loadProgram = fileURLToPath(new URL('load-once.ts', import.meta.url));
const verifyProgram = fileURLToPath(new URL('verify-once.ts', import.meta.url));

/** Runs a shell script in which this user is root of a mount table of its own; `$1` is the folder, `$disk` inside it. */
function inOwnMounts(script: string, folder: string) {
  const { status, stdout, stderr } = spawnSync('unshare', ['-rm', 'sh', '-euc', script, 'sh', folder], {
    encoding: 'utf8',
    timeout: 280_000,
    env: { ...process.env, node: process.execPath, load: loadProgram, verify: verifyProgram },
  });
  return { status, lines: stdout.trim().split('\n'), stderr };
}

// Its own mounts need user namespaces, which some machines do not allow.
const refusal = (() => {
  const { status, stderr } = inOwnMounts('mount -t tmpfs tmpfs /tmp', '');
  return status === 0 ? undefined : `mounting in a user namespace: ${stderr?.trim() || 'no unshare'}`;
})();

const run = '"$node" --conditions=@headwater/source';
let folder = '';
let small = '';
let large = '';

beforeEach(async () => {
  folder = await temporaryFolder();
  await mkdir(join(folder, 'disk'));
  small = await writeLines(folder, 'small.csv', [header, ...rowsOfDays(2_000, 3)]);
  large = await writeLines(folder, 'large.csv', [header, ...rowsOfDays(60_000, 3, 2_000)]);
});

describe.skipIf(refusal)(`with a disk of its own${refusal ? ` (skipped: ${refusal})` : ''}`, () => {
  test.each([
    ['8k', 'LAKE_DISK_FULL', 'LAKE_NOT_FOUND'],
    ['160k', 'committed', 'ok 2000 rows'],
  ])(
    'of %s, that fills up, a lake stays as committed, and the next run repairs it',
    (size, first, verified) => {
      const { lines, stderr } = inOwnMounts(
        `cd "$1"; mount -t tmpfs -o size=${size} tmpfs disk
       ${run} "$load" disk/lake ${small}
       ${run} "$verify" disk/lake
       ${run} "$load" disk/lake ${large}
       ${run} "$verify" disk/lake
       mount -o remount,size=50m disk
       ${run} "$load" disk/lake ${small} ${large}
       ${run} "$verify" disk/lake`,
        folder,
      );
      const [, firstRun, afterFirst, , second, afterSecond, , last, repaired] = lines;
      expect(stderr).toBe('');
      expect([firstRun, afterFirst]).toEqual([first, verified]);
      expect([second, afterSecond]).toEqual(['LAKE_DISK_FULL', verified]);
      expect([last, repaired]).toEqual(['committed', 'ok 62000 rows']);
    },
  );

  test('a lake that is read-only is refused at once and stays readable', () => {
    const { lines, stderr } = inOwnMounts(
      `cd "$1"; mount -t tmpfs tmpfs disk
       ${run} "$load" disk/lake ${small}
       mount -o remount,ro disk
       ${run} "$load" disk/lake ${large}
       ${run} "$load" disk/other ${large}
       ${run} "$verify" disk/lake`,
      folder,
    );
    expect(stderr).toBe('');
    const [, first, , second, , other, verified] = lines;
    expect([first, second, other]).toEqual(['committed', 'LAKE_NOT_WRITABLE', 'LAKE_NOT_WRITABLE']);
    expect(verified).toBe('ok 2000 rows');
  });
});

describe('a folder that may not be written', () => {
  // Root may write anything.
  test.skipIf(process.getuid?.() === 0)('is refused, and nothing is made in it', async () => {
    const shut = join(folder, 'shut');
    await mkdir(shut);
    await chmod(shut, 0o555);
    await expect(
      loadEvents({ table: events, lake: join(shut, 'lake'), inputs: [small] }),
    ).rejects.toMatchObject({
      code: 'LAKE_NOT_WRITABLE',
    });
    expect(await readdir(shut)).toEqual([]);
  });

  test('a file in place of the lake is refused', async () => {
    await expect(loadEvents({ table: events, lake: small, inputs: [large] })).rejects.toMatchObject({
      code: 'LAKE_NOT_WRITABLE',
    });
  });
});
