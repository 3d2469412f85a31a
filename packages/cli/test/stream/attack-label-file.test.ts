import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attackLabels } from '@headwater/simulator';
import { afterAll, expect, it } from 'vitest';
import { writeAttackLabels } from '../../src/stream/source/attack-label-file.ts';
import { openRecordSource } from '../../src/stream/source/record-source.ts';
import { clickstream } from '../../src/template/clickstream.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-labels-'));
afterAll(() => rmSync(folder, { recursive: true }));

const attacks = { level: 'easy', kinds: ['carding', 'wish_list'] } as const;
const run = { events: 5000, days: 2, start: '2019-10-01', seed: 4, attacks };

it('writes who attacks in the records of a simulated run, and finds its file when the run goes on', async () => {
  const path = join(folder, 'labels.jsonl');
  await writeAttackLabels(path, run);
  const text = readFileSync(path, 'utf8');
  const labels = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(labels).toEqual([...attackLabels(run)]);
  const actors = new Set<string>();
  const records = openRecordSource(
    clickstream,
    { kind: 'simulated', ...run },
    Infinity,
    new AbortController().signal,
  );
  for await (const { partitionKey } of records) actors.add(partitionKey);
  const members: string[] = labels.flatMap((label) => label.members);
  expect(members.length).toBeGreaterThan(10);
  expect(members.filter((member) => !actors.has(member))).toEqual([]);
  await writeAttackLabels(path, run);
  await expect(writeAttackLabels(path, { ...run, seed: 5 })).rejects.toThrow('labels.jsonl exists already');
  expect(readFileSync(path, 'utf8')).toBe(text);
});
