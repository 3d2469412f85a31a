import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineEvents, timestamp } from '@headwater/core';
import { loadEvents } from '@headwater/etl';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { inputNotes } from '../src/lake/input-notes.ts';

const visits = defineEvents('visits', {
  columns: { at: timestamp(), visitor: z.string() },
  roles: { time: 'at' },
});

test('a load says what it left out and why, which inputs are empty, and which columns it did not read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-notes-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const raw = join(folder, 'raw');
  await mkdir(raw);
  const row = '2024-03-04 10:00:00,ada';
  const files = {
    'a.csv': `at,visitor,Visitor\n${row},x\n`,
    'b.csv': '',
    'c.csv': `at,visitor,page\n${row},x\n`,
    'd.json': '{}',
    'e.txt': 'x',
    'f.txt': 'x',
    'g.txt': 'x',
    '.h.csv': 'x',
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(raw, name), content);
  const report = await loadEvents({ table: visits, lake: join(folder, 'lake'), inputs: [raw] });
  expect(inputNotes(report).map((line) => line.replaceAll(`${raw}/`, ''))).toEqual([
    'left out: .h.csv: its name begins with . or _',
    'left out: d.json, e.txt, f.txt and 1 more: its name does not tell its format: name the file, or give --format',
    'empty, 0 bytes: b.csv',
    'ignored, because another column of the file has the name: Visitor (a.csv)',
    'ignored, because the table has no such column: page (c.csv)',
  ]);
});
