import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEvents } from '@headwater/etl';
import { closeLake, createLake } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { simulateToFile } from '@headwater/simulator';
import {
  createRecordReader,
  createThresholdWatcher,
  type Incident,
  incidentLine,
  type Threshold,
} from '@headwater/stream';
import { createDetection, createIncidentLog, detectorTable } from '@headwater/stream/detect';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detect } from '../../src/commands/detect.ts';
import { type DetectInLakeOptions, detectInLake } from '../../src/detect/index.ts';
import { clickstream } from '../../src/template/clickstream.ts';
import { config } from '../run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'headwater-detect-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lines = join(folder, 'events.jsonl');
const thresholds: readonly Threshold[] = [{ kind: 'many-actions', of: 'actor', moreThan: 10, within: 10 }];
const week = { from: '2019-10-01', to: '2019-10-04' } as const;

beforeAll(async () => {
  await simulateToFile({ events: 12_000, days: 4, start: '2019-10-01', seed: 3, bots: 0.2, out: lines });
  await loadEvents({ table: clickstream, lake: join(folder, 'lake'), inputs: [lines] });
});

/** Everything that is told about the rows of a range. */
async function toldIn(lake: string, options: DetectInLakeOptions): Promise<Incident[]> {
  const opened = createLake({ tables: [clickstream], engine: duckdbEngine({ lake: join(folder, lake) }) });
  const told: Incident[] = [];
  const onIncident = (incident: Incident) => void told.push(incident);
  await detectInLake(opened.clickstream, { thresholds, ...options, onIncident });
  await closeLake(opened);
  return told;
}

const inOrder = (incidents: readonly Incident[]): readonly string[] => incidents.map(incidentLine).sort();

describe('detectInLake', () => {
  it('finds in a lake what a stream of the same rows finds', async () => {
    const read = createRecordReader(clickstream);
    const detection = createDetection(clickstream, detectorTable);
    const watcher = createThresholdWatcher(clickstream, { thresholds });
    const log = createIncidentLog(clickstream);
    const thresholdLog = createIncidentLog(clickstream, { quiet: 1800 });
    const streamed: Incident[] = [];
    const text = readFileSync(lines, 'utf8');
    for (const [index, line] of text.trimEnd().split('\n').entries()) {
      const result = read({ data: Buffer.from(line), sequenceNumber: String(index) });
      if (result.kind !== 'event') continue;
      streamed.push(...log.tell(detection.observe(result.event)));
      streamed.push(
        ...thresholdLog.tell(watcher.observe(result.event).filter((one) => one.finding !== 'share')),
      );
    }
    streamed.push(...log.tell(detection.finish()));
    streamed.push(...thresholdLog.tell(watcher.finish().filter((one) => one.finding !== 'share')));
    expect(streamed.filter(({ kind }) => kind === 'many-actions').length).toBeGreaterThan(4);
    expect(inOrder(await toldIn('lake', week))).toEqual(inOrder(streamed));
  });

  it('tells of days that are read one after the other what it tells of all of them', async () => {
    const all = await toldIn('lake', week);
    const parts = [
      await toldIn('lake', { from: '2019-10-01', to: '2019-10-02' }),
      await toldIn('lake', { from: '2019-10-03', to: '2019-10-03' }),
      await toldIn('lake', { from: '2019-10-04', to: '2019-10-04' }),
    ];
    expect(parts.every((part) => part.length > 0)).toBe(true);
    expect([...new Set(inOrder(parts.flat()))]).toEqual(inOrder(all));
  });

  it('does not look ahead: a lake that is cut has the same incidents up to there', async () => {
    const all = await toldIn('lake', week);
    const text = readFileSync(lines, 'utf8').split('\n');
    const timeOf = (line: string): string => JSON.parse(line).event_time.slice(0, 19).replace(' ', 'T');
    const ends = [0.3, 0.7].map((share) => all[Math.floor(share * all.length)]?.time.slice(0, 19) ?? '');
    for (const [index, end] of ends.entries()) {
      const before = text.filter((line) => line !== '' && timeOf(line) <= end);
      const input = join(folder, `cut-${index}.jsonl`);
      writeFileSync(input, `${before.join('\n')}\n`);
      await loadEvents({ table: clickstream, lake: join(folder, `cut-${index}`), inputs: [input] });
      // What was quiet is closed when a row says that the time has come.
      const reached = timeOf(before.at(-1) ?? '');
      const isBefore = ({ time }: Incident) => time <= `${reached}.000Z`;
      const cut = (await toldIn(`cut-${index}`, week)).filter(isBefore);
      expect(cut.length).toBeGreaterThan(0);
      expect(inOrder(cut)).toEqual(inOrder(all.filter(isBefore)));
    }
  });

  it('refuses a range without rows, and a kind that nothing finds', async () => {
    await expect(toldIn('lake', { from: '2020-01-01', to: '2020-01-02' })).rejects.toThrow(
      'from 2020-01-01: expected a range in which clickstream has rows: it has some from 2019-10-01 to 2019-10-04.',
    );
    await expect(toldIn('lake', { ...week, kinds: ['scrapper'] })).rejects.toThrow(
      /kinds scrapper: expected/,
    );
    await expect(toldIn('nowhere', week)).rejects.toMatchObject({ code: 'LAKE_NOT_FOUND' });
  });
});

describe('headwater detect', () => {
  const { signal } = new AbortController();
  const options = {
    ...week,
    ...{ config, lake: join(folder, 'lake'), table: undefined },
    ...{ kinds: ['many-actions'], out: undefined, 'warm-up': 14, thresholds: true },
  };

  it('answers with each incident once, masks who it is about, and counts by kind', async () => {
    const answer = await detect.run({ words: [], options, signal });
    if (!('data' in answer)) throw new Error('rows');
    const { incidents, kinds, rows } = answer.data;
    expect(rows).toBeGreaterThan(11_000);
    expect(kinds['many-actions']?.opened).toBe(incidents.length);
    expect(incidents[0]).toMatchObject({ kind: 'many-actions', subject_type: 'actor', state: 'closed' });
    expect(incidents[0]?.evidence[0]).toMatchObject({ user_id: '***', event_type: expect.any(String) });
  });

  it('writes everything that is told to a file that appears when it is complete', async () => {
    const out = join(folder, 'alerts.jsonl');
    const seen: string[][] = [];
    const answer = await detect.run({
      words: [],
      options: { ...options, out },
      signal,
      onProgress: () => seen.push(readdirSync(folder).filter((name) => name.startsWith('alerts'))),
    });
    if (!('data' in answer)) throw new Error('rows');
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.flat()).toEqual([]);
    const written = readFileSync(out, 'utf8').trimEnd().split('\n');
    expect(written.map((line) => JSON.parse(line).version)).toEqual(written.map(() => 1));
    expect(written).toHaveLength(answer.data.kinds['many-actions']?.told ?? 0);
    // Nothing is left of a run that fails.
    const failed = detect.run({
      words: [],
      options: { ...options, out: join(folder, 'failed.jsonl') },
      signal,
      onProgress: () => {
        throw new Error('stopped');
      },
    });
    await expect(failed).rejects.toThrow('stopped');
    expect(readdirSync(folder).filter((name) => /^failed|part$/.test(name))).toEqual([]);
  });
});
