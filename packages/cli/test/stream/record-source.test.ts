import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulateToFile } from '@headwater/simulator';
import { afterAll, describe, expect, it } from 'vitest';
import { openRecordSource, type StreamInput } from '../../src/stream/source/record-source.ts';
import type { SourceRecord } from '../../src/stream/source/source-record.ts';
import { clickstream } from '../../src/template/clickstream.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-source-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const running = new AbortController().signal;

async function read(input: StreamInput, speed = Number.POSITIVE_INFINITY, signal = running) {
  const records: SourceRecord[] = [];
  for await (const record of openRecordSource(clickstream, input, speed, signal)) records.push(record);
  return records;
}

describe('openRecordSource', () => {
  it('gives the records of simulated shoppers that a file of them gives', async () => {
    const options = { events: 3000, days: 1, start: '2019-10-01', seed: 7, dirty: 0.05 };
    const input = join(folder, 'events.jsonl.gz');
    await simulateToFile({ ...options, out: input });
    const simulated = await read({ kind: 'simulated', ...options });
    expect(simulated.length).toBeGreaterThan(2900);
    expect(await read({ kind: 'file', input })).toEqual(simulated);
  });

  it('gives the actor as the key and the time of every record that has them', async () => {
    const input = join(folder, 'mixed.csv');
    const columns =
      'event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session';
    writeFileSync(
      input,
      `${columns}\n2019-10-01 00:00:01 UTC,view,1,2,,,3.50,512,s\nno time,view,1,2,,,3.50,0512,s\n"2019,view\n`,
    );
    const [good, timeless, broken] = await read({ kind: 'file', input });
    expect(good).toMatchObject({ partitionKey: '512', eventTime: new Date('2019-10-01T00:00:01Z') });
    expect(timeless?.eventTime).toBeUndefined();
    expect(broken?.partitionKey).toMatch(/^[\w-]{22}$/);
    expect(Buffer.from(broken?.data ?? []).toString()).toBe('"2019,view');
  });

  it('gives records at the pace of their time, and none after it was stopped', async () => {
    const input = join(folder, 'paced.jsonl');
    const line = (second: number) =>
      JSON.stringify({ event_time: `2019-10-01 00:00:${String(second).padStart(2, '0')} UTC` });
    writeFileSync(input, [0, 10, 20, 30].map(line).join('\n'));
    const began = performance.now();
    expect(await read({ kind: 'file', input }, 100)).toHaveLength(4);
    expect(performance.now() - began).toBeGreaterThan(280);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    expect(await read({ kind: 'file', input }, 1, stop.signal)).toHaveLength(1);
  });
});
