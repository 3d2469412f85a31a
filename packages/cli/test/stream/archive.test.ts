import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineEvents, timestamp } from '@headwater/core';
import { loadEvents, verifyLake } from '@headwater/etl';
import { openLakeStore } from '@headwater/storage';
import type { StreamRecord } from '@headwater/stream';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { lockFolder } from '../../src/stream/archive/folder-lock.ts';
import { openStreamArchive, type StreamArchive } from '../../src/stream/archive/stream-archive.ts';

const root = mkdtempSync(join(tmpdir(), 'headwater-archive-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const events = defineEvents('events', {
  columns: { at: timestamp(), kind: z.enum(['view', 'buy']), visitor: z.int32() },
  roles: { time: 'at', action: 'kind', actor: 'visitor' },
});

/** A record of a shard; numbers leave gaps, as those of a stream do. */
const record = (number: number, text?: string): StreamRecord => ({
  data: Buffer.from(
    text ??
      JSON.stringify({
        at: `2024-01-01 00:00:${String(number % 60).padStart(2, '0')}`,
        kind: 'view',
        visitor: number,
      }),
  ),
  sequenceNumber: `4${String(number * 7).padStart(55, '0')}`,
});
const records = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => record(from + index));

const places = (name: string) => ({
  lake: join(root, name),
  folder: join(root, `${name}-landing`),
});

/** Opens the archive of a lake; `fail` makes a step of the load die as a killed process would. */
async function open(name: string, fail?: 'before' | 'after', table = events): Promise<StreamArchive> {
  const { lake, folder } = places(name);
  const archive = await openStreamArchive({
    table: table.name,
    lake,
    store: openLakeStore(lake),
    folder,
    input: 'test',
    isReplayed: true,
    everySeconds: 1000,
    mostBytes: 1e9,
    async load(files) {
      if (fail === 'before') throw new Error('killed');
      const report = await loadEvents({
        ...{ table, lake, inputs: files, format: 'jsonl', areRecords: true, maxQuarantine: 1 },
      });
      if (fail === 'after') throw new Error('killed');
      return report;
    },
  });
  onTestFinished(() => archive.close());
  return archive;
}

const rowsOf = async (name: string) => {
  const { rows, problems } = await verifyLake({ table: events, lake: places(name).lake });
  expect(problems).toEqual([]);
  return rows;
};
const landedIn = (name: string) => readdirSync(places(name).folder).filter((file) => file.endsWith('.jsonl'));

describe('openStreamArchive', () => {
  it('loads every record once, and keeps nothing but the positions', async () => {
    const archive = await open('once');
    await archive.write('shardId-0', records(0, 40));
    await archive.write('shardId-1', [
      record(100),
      record(101, 'no json'),
      record(102, '{"at":\n1}'),
      record(103, ''),
      record(104, '   '),
    ]);
    // Delivered again after a failure, with more behind them.
    await archive.write('shardId-0', records(20, 50));
    expect(archive.waiting()).toBe(55);
    const counts = { records: 55, rows: 51, duplicates: 0, quarantined: 4, filtered: 0 };
    expect(await archive.flush()).toEqual(counts);
    expect(archive.reasons).toMatchObject({ 'line:not_json': 3 });
    expect(landedIn('once')).toEqual([]);
    expect(await rowsOf('once')).toBe(51);
    expect(await archive.flush()).toEqual(counts);
  });

  for (const instant of ['before', 'after'] as const)
    it(`archives nothing twice when it dies ${instant} the commit`, async () => {
      const name = `killed-${instant}`;
      const first = await open(name);
      await first.write('shardId-0', records(0, 10));
      await first.flush();
      await first.close();
      const killed = await open(name, instant);
      await killed.write('shardId-0', records(0, 30));
      await killed.write('shardId-1', [record(50, 'no json')]);
      await expect(killed.flush()).rejects.toThrow('killed');
      await killed.close();
      expect(landedIn(name)).toHaveLength(2);
      const again = await open(name);
      expect(again.before).toBe(31);
      await again.write('shardId-0', records(0, 35));
      await again.write('shardId-1', [record(50, 'no json'), record(51)]);
      expect(await again.flush()).toMatchObject({ records: 37, rows: 36, duplicates: 0, quarantined: 1 });
      expect(await rowsOf(name)).toBe(36);
    });

  it('takes files that are equal byte by byte for two', async () => {
    const archive = await open('equal');
    for (const number of [1, 2, 3]) {
      await archive.write('shardId-0', [record(number, 'the same')]);
      await archive.flush();
    }
    expect(archive.counts()).toMatchObject({ records: 3, quarantined: 3 });
    expect((await verifyLake({ table: events, lake: places('equal').lake })).problems).toEqual([]);
  });

  it('refuses to go on with another input', async () => {
    const first = await open('other');
    await first.write('shardId-0', records(0, 10));
    await first.flush();
    await first.close();
    const other = await open('other');
    await other.write('shardId-0', records(0, 5));
    await expect(other.write('shardId-0', [record(5, 'changed'), ...records(6, 12)])).rejects.toMatchObject({
      code: 'STREAM_RESUME_CONFLICT',
    });
    expect(await rowsOf('other')).toBe(10);
  });

  it('begins anew after the lake was removed', async () => {
    const first = await open('removed');
    await first.write('shardId-0', records(0, 10));
    await first.flush();
    await first.close();
    rmSync(places('removed').lake, { recursive: true });
    const again = await open('removed');
    expect(again.before).toBe(0);
    await again.write('shardId-0', records(0, 10));
    expect(await again.flush()).toMatchObject({ records: 10, rows: 10 });
  });

  it.skipIf(!existsSync('/dev/full'))('loads nothing of a file that a full disk cut', async () => {
    const { folder } = places('full');
    const archive = await open('full');
    symlinkSync('/dev/full', join(folder, 'shardId-0.part'));
    await expect(archive.write('shardId-0', records(0, 10))).rejects.toMatchObject({ code: 'ENOSPC' });
    // A load that waits for its turn comes later than the failure.
    await expect(archive.flush()).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(landedIn('full')).toEqual([]);
    await archive.close();
    const again = await open('full');
    await again.write('shardId-0', records(0, 10));
    expect(await again.flush()).toMatchObject({ records: 10, rows: 10 });
  });

  it('waits for the process that has the folder', async () => {
    const { folder } = places('waits');
    await (await open('waits')).close();
    const lock = join(folder, 'run.lock');
    writeFileSync(lock, '1');
    const none = await lockFolder(folder, 0.3);
    expect(none).toEqual({ holder: 1 });
    await expect(lockFolder(folder, 60, AbortSignal.timeout(50))).rejects.toMatchObject({
      code: 'INTERRUPTED',
    });
    setTimeout(() => rmSync(lock), 100);
    const taken = await lockFolder(folder, 60);
    expect(readFileSync(lock, 'utf8')).toBe(String(process.pid));
    if ('release' in taken) await taken.release();
    expect(existsSync(lock)).toBe(false);
  });

  it.skipIf(process.platform !== 'linux')(
    'says at once that a folder cannot be made where nothing can',
    async () => {
      await expect(lockFolder('/proc/headwater/landing', 0)).rejects.toMatchObject({ code: 'ENOENT' });
    },
  );

  it('refuses a folder that another process works in, and no other', async () => {
    const { folder } = places('locked');
    await (await open('locked')).close();
    writeFileSync(join(folder, 'run.lock'), '1');
    writeFileSync(join(folder, 'shardId-0.part'), 'what the other process writes');
    await expect(open('locked')).rejects.toMatchObject({ code: 'LAKE_BUSY' });
    expect(existsSync(join(folder, 'shardId-0.part'))).toBe(true);
    // A process that made its lock a moment ago has yet to write its id.
    writeFileSync(join(folder, 'run.lock'), '');
    setTimeout(() => writeFileSync(join(folder, 'run.lock'), '1'), 30);
    await expect(open('locked')).rejects.toMatchObject({ code: 'LAKE_BUSY' });
    writeFileSync(join(folder, 'run.lock'), '999999999');
    await (await open('locked')).close();
    expect(existsSync(join(folder, 'run.lock'))).toBe(false);
    expect(readdirSync(folder).every((name) => readFileSync(join(folder, name)).length > 0)).toBe(true);
  });
});
