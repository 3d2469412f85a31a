import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isHeadwaterError } from '@headwater/core';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { readCommittedSnapshots, saveSchema } from '../src/index.ts';
import { schemaWith } from './publish-fixture.ts';

const earlier = schemaWith('events', { brand: z.string().optional() });
const later = schemaWith('events', {});

const author = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false'];

/** A project below the top of a repository, whose first version is committed. */
async function committedProject() {
  const repository = mkdtempSync(join(tmpdir(), 'headwater-committed-'));
  onTestFinished(() => rmSync(repository, { recursive: true, force: true }));
  const project = join(repository, 'lake');
  const folder = join(project, 'schema');
  mkdirSync(project);
  const git = (...args: readonly string[]) =>
    execFileSync('git', [...author, ...args], { cwd: repository, stdio: 'pipe' });
  git('init', '-q');
  await saveSchema({ now: earlier, folder });
  writeFileSync(join(folder, 'events', 'notes.txt'), 'no version');
  git('add', '-A');
  git('commit', '-q', '-m', 'one');
  return {
    folder,
    project,
    read: (commit: string) => readCommittedSnapshots(folder, project, 'events', commit),
  };
}

test('reads the versions of a commit, whatever the working files are', async () => {
  const { folder, read } = await committedProject();
  await saveSchema({ now: later, folder, allow: ['drop-column:brand'] });
  const committed = await read('HEAD');
  expect(committed.map(({ number, schema }) => [number, schema.columns.length])).toEqual([[1, 2]]);
  rmSync(folder, { recursive: true });
  expect(await read('HEAD')).toEqual(committed);
});

test('has no version where the commit has no folder, and refuses a commit that is not there', async () => {
  const { project, folder, read } = await committedProject();
  expect(await readCommittedSnapshots(folder, project, 'others', 'HEAD')).toEqual([]);
  for (const commit of ['origin/main', '--all', 'HEAD^7']) {
    const failure = await read(commit).catch((error: unknown) => error);
    expect(isHeadwaterError(failure, 'OPTION_INVALID') && failure.payload, commit).toMatchObject({
      option: '--base',
      value: commit,
    });
  }
});

test('a version records what was allowed, of what needed to be', async () => {
  const { folder } = await committedProject();
  const { snapshot } = await saveSchema({ now: later, folder, allow: ['drop-column:brand'] });
  expect(snapshot.allowed).toEqual(['drop-column:brand']);
  const again = await saveSchema({ now: earlier, folder });
  expect('allowed' in again.snapshot).toBe(false);
});
