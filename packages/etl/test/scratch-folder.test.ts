import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openScratchFolder } from '../src/lake/scratch-folder.ts';

const purpose = `test${process.pid}`;

/** A folder as a process of this number would have left it, some seconds ago. */
async function leftBy(pid: number, secondsAgo: number): Promise<string> {
  const path = join(tmpdir(), `headwater-${purpose}-${pid}-AAAAAA`);
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  await mkdir(path);
  await writeFile(join(path, 'copy.parquet'), 'x');
  const then = Date.now() / 1000 - secondsAgo;
  await utimes(path, then, then);
  return path;
}

test('a scratch folder goes when it is disposed of, and so does what a killed process left', async () => {
  const { pid: dead = 0 } = spawnSync(process.execPath, ['-e', '0']);
  const left = await leftBy(dead, 7200);
  const living = await leftBy(process.ppid, 7200);
  let path = '';
  {
    await using scratch = await openScratchFolder(purpose);
    path = scratch.path;
    expect([existsSync(path), existsSync(left), existsSync(living)]).toEqual([true, false, true]);
  }
  expect(existsSync(path)).toBe(false);
});

test('what was used within the hour is left alone: its process may be in another container', async () => {
  const { pid: dead = 0 } = spawnSync(process.execPath, ['-e', '0']);
  const recent = await leftBy(dead, 60);
  await using _scratch = await openScratchFolder(purpose);
  expect(existsSync(recent)).toBe(true);
});
