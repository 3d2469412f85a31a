import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { defineEvents, defineLookup, lake, timestamp } from '@headwater/core';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadEvents, readLineRecords, readLookupRows } from '../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-line-records-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const events = defineEvents('events', {
  columns: {
    at: timestamp().register(lake, { aliases: ['time'] }),
    kind: z.enum(['view', 'buy']),
    note: z.string().optional(),
  },
  roles: { time: 'at', action: 'kind' },
});

async function recordsOf(name: string, content: string | Buffer): Promise<string[]> {
  const input = join(folder, name);
  writeFileSync(input, content);
  const records: string[] = [];
  for await (const block of readLineRecords({ input, table: events }))
    records.push(...block.map((bytes) => Buffer.from(bytes).toString('latin1')));
  return records;
}

describe('readLineRecords', () => {
  it('makes objects of the lines of CSV by the names of the columns', async () => {
    const lines =
      '\ufefftime,kind,other,note\r\n2024-01-01 00:00:00,view,x,"a ""b"", c"\r\n\r\n2024-01-01 00:00:01,buy,,\n';
    expect(await recordsOf('quoted.csv', lines)).toEqual([
      '{"at":"2024-01-01 00:00:00","kind":"view","note":"a \\"b\\", c"}',
      '{"at":"2024-01-01 00:00:01","kind":"buy"}',
    ]);
  });

  it('gives broken lines as they are', async () => {
    const broken = ['too,few', '2024-01-01 00:00:00,view,n,more', '"unclosed,view,n', 'half\rline,view,n'];
    const lines = Buffer.concat([
      Buffer.from(`at,kind,note\n${broken.join('\n')}\n`),
      Buffer.from([0x32, 0xff, 0x2c, 0x2c, 0x0a]),
    ]);
    expect(await recordsOf('broken.csv', lines)).toEqual([...broken, '2\xff,,']);
  });

  it('gives lines of JSON as they are, unpacked', async () => {
    const lines = ['{"at":"2024-01-01","kind":"view"}', 'no json', '{"at":1'];
    expect(await recordsOf('events.jsonl.gz', gzipSync(lines.join('\n')))).toEqual(lines);
    await expect(recordsOf('plain.jsonl.gz', lines.join('\n'))).rejects.toThrow(
      'plain.jsonl.gz: cannot be read: incorrect header check',
    );
  });

  it('refuses files that a stream cannot read, and says what to do', async () => {
    writeFileSync(join(folder, 'events.parquet'), 'PAR1');
    const read = readLineRecords({ input: join(folder, 'events.parquet'), table: events });
    await expect(read.next()).rejects.toMatchObject({
      code: 'INPUT_UNREADABLE',
      message: expect.stringContaining('convert it to JSON Lines or CSV first'),
    });
  });

  it('gives records of which a load makes the rows that it makes of the file', async () => {
    const input = join(folder, 'same.csv');
    writeFileSync(
      input,
      'at,kind,note\n2024-01-01 00:00:00,view,"a, b"\n2024-01-01 00:00:00,view,"a, b"\n2024-01-02 10:00:00, buy ,ü\nbad,view,\nx\n',
    );
    const records: Uint8Array[] = [];
    for await (const block of readLineRecords({ input, table: events })) records.push(...block);
    const landed = join(folder, 'landed.jsonl');
    writeFileSync(landed, records.map((record) => `${Buffer.from(record)}\n`).join(''));
    const load = (from: string, to: string) =>
      loadEvents({ table: events, lake: join(folder, to), inputs: [from], maxQuarantine: 1 });
    const [file, stream] = [await load(input, 'of-file'), await load(landed, 'of-stream')];
    const counts = { rowsIn: 5, rowsOut: 2, duplicates: 1, quarantined: 2 };
    expect(file).toMatchObject(counts);
    expect(stream).toMatchObject({ ...counts, bytes: file.bytes });
  });
});

describe('a load of records', () => {
  it('reads a file whose first record looks like another kind of file', async () => {
    const row = '{"at":"2024-01-01 00:00:00","kind":"view"}';
    for (const first of ['[', '{', '[{"at":1}', 'PAR1', '\x1f\x8b']) {
      const path = join(folder, 'odd.jsonl');
      writeFileSync(path, Buffer.from(`${first}\n${row}\n`, 'latin1'));
      const target = mkdtempSync(join(folder, 'lake-'));
      const report = await loadEvents({
        ...{
          table: events,
          lake: target,
          inputs: [path],
          format: 'jsonl',
          areRecords: true,
          maxQuarantine: 1,
        },
      });
      expect({ first, ...report }).toMatchObject({ first, rowsIn: 2, rowsOut: 1, quarantined: 1 });
    }
  });

  it('needs the format', async () => {
    const load = loadEvents({
      table: events,
      lake: join(folder, 'none'),
      inputs: [folder],
      areRecords: true,
    });
    await expect(load).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });
});

describe('readLookupRows', () => {
  it('gives the rows of lookups as texts, for the cleaning of records', async () => {
    const file = join(folder, 'pages.csv');
    writeFileSync(file, 'id,title\n7,"Home, sweet"\n8,\n');
    const pages = defineLookup('pages', {
      key: 'id',
      columns: { id: z.int64(), title: z.string().optional() },
    });
    const visits = defineEvents('visits', {
      columns: {
        at: timestamp(),
        page: z.int64(),
        title: z.string().optional().register(lake, { lookup: 'page.title' }),
      },
      roles: { time: 'at' },
      lookups: { page: { table: pages, on: 'page' } },
    });
    const rows = await readLookupRows(visits, { page: file, other: 'none.csv' });
    expect(rows).toEqual({ page: [{ id: '7', title: 'Home, sweet' }, { id: '8' }] });
  });
});
