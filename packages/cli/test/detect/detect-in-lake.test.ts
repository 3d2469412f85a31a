import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineEvents, timestamp } from '@headwater/core';
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
  const simulated = readFileSync(lines, 'utf8').trimEnd().split('\n');
  const all = [...simulated, ...slowRows().map((row) => JSON.stringify(row))];
  const sorted = all
    .map((line) => [timeOf(line), line] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  writeFileSync(lines, sorted.map(([, line]) => `${line}\n`).join(''));
  await loadEvents({ table: clickstream, lake: join(folder, 'lake'), inputs: [lines] });
});

const timeOf = (line: string): string => JSON.parse(line).event_time.slice(0, 19).replace(' ', 'T');

/** Rows of actors that a stream in bounded memory does not find. */
function slowRows() {
  const begin = Date.parse('2019-10-01T01:00:00Z');
  const row = (user: number, seconds: number, product: number, type = 'view', session = `s-${user}`) => ({
    event_time: new Date(begin + seconds * 1000).toISOString(),
    event_type: type,
    product_id: 9_000_000 + product,
    price: 5,
    user_id: 990_000_000 + user,
    user_session: session,
  });
  // Between 0 and 1, and the same each time.
  const vary = (at: number): number => (at * 0.618034 + (at % 7) * 0.137) % 1;
  return [
    // A scraper that pauses for hours after forty products.
    ...Array.from({ length: 160 }, (_, at) =>
      row(1, Math.floor(Math.floor(at / 40) * 14_400 + (at % 40) * 60 + 50 * vary(at)), (at * 73) % 181),
    ),
    // A monitor of three products, every three hours or so.
    ...Array.from({ length: 28 }, (_, at) =>
      row(2, Math.floor(Math.floor(at / 3) * 9720 + (at % 3) * 40 + 35 * vary(at)), at % 3),
    ),
    // A recording of thirty rows that is played four times, more than a day in all.
    ...Array.from({ length: 120 }, (_, at) =>
      row(
        3,
        Math.floor(at / 30) * 30_000 + (at % 30) * (17 + (at % 5)),
        500 + ((at * 7) % 30),
        'view',
        `r-${Math.floor(at / 30)}`,
      ),
    ),
  ];
}

/** Everything that is told about the rows of a range. */
async function toldIn(lake: string, options: DetectInLakeOptions): Promise<Incident[]> {
  const opened = createLake({ tables: [clickstream], engine: duckdbEngine({ lake: join(folder, lake) }) });
  const told: Incident[] = [];
  const onIncident = (incident: Incident) => void told.push(incident);
  const batch = { runs: { every: 12 } };
  await detectInLake(opened.clickstream, { thresholds, batch, ...options, onIncident });
  await closeLake(opened);
  return told;
}

const inOrder = (incidents: readonly Incident[]): readonly string[] => incidents.map(incidentLine).sort();

let whole: Promise<Incident[]> | undefined;
/** Everything that is told about the whole lake. */
const toldInWeek = (): Promise<Incident[]> => {
  whole ??= toldIn('lake', week);
  return whole;
};

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
    expect(inOrder(await toldIn('lake', { ...week, batch: false }))).toEqual(inOrder(streamed));
  });

  it('finds by the batch who is too slow for a stream in bounded memory', async () => {
    const opened = (await toldInWeek()).filter(({ state }) => state === 'open');
    const slow = opened.filter(({ subject }) => subject.startsWith('99000000'));
    expect(slow.map(({ kind, subject, event_type }) => [kind, subject, event_type])).toEqual(
      expect.arrayContaining([
        ['scraper', '990000001', null],
        ['price-monitor', '990000002', null],
        ['replay', '990000003', null],
      ]),
    );
    expect(slow).toHaveLength(3);
    for (const { evidence, actors, subject, seen, expected, time } of slow) {
      expect(evidence.length).toBeGreaterThan(2);
      expect(evidence[0]).toMatchObject({ user_id: '***' });
      expect(actors).toEqual([subject]);
      expect(seen).toBeGreaterThanOrEqual(expected);
      // A quarter of an hour after the end of a window: rows need the time to reach a lake.
      expect(time).toMatch(/(00|12):15:00.000Z$/);
    }
  });

  it('tells of days that are read one after the other what it tells of all of them', async () => {
    const all = await toldInWeek();
    const parts = [
      await toldIn('lake', { from: '2019-10-01', to: '2019-10-02' }),
      await toldIn('lake', { from: '2019-10-03', to: '2019-10-04' }),
    ];
    expect(parts.every((part) => part.length > 0)).toBe(true);
    expect([...new Set(inOrder(parts.flat()))]).toEqual(inOrder(all));
  });

  it('does not look ahead: a lake that is cut has the same incidents up to there', async () => {
    const all = await toldInWeek();
    const text = readFileSync(lines, 'utf8').split('\n');
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

  it('finds that a shop has gone silent for good, where the range is said to be complete', async () => {
    const begin = Date.parse('2019-10-01T00:00:00Z');
    // Two visits a minute, until noon of the third day.
    const visits = Array.from({ length: 2 * 60 * 60 }, (_, at) =>
      JSON.stringify({
        event_time: new Date(begin + at * 30_000).toISOString(),
        ...{ event_type: 'view', product_id: 1 + (at % 50), price: 5 },
        ...{ user_id: 1000 + (at % 700), user_session: `d-${at}` },
      }),
    );
    const input = join(folder, 'dark.jsonl');
    writeFileSync(input, `${visits.join('\n')}\n`);
    await loadEvents({ table: clickstream, lake: join(folder, 'dark'), inputs: [input] });
    const range = { from: '2019-10-03', to: '2019-10-04', kinds: ['outage'], batch: false } as const;
    expect(await toldIn('dark', range)).toEqual([]);
    const [first] = await toldIn('dark', { ...range, isComplete: true });
    expect(first).toMatchObject({ kind: 'outage', state: 'open', seen: 0 });
    expect(first?.time).toMatch(/^2019-10-03T12:/);
    // A day without a row.
    const next = { ...range, from: '2019-10-04' };
    await expect(toldIn('dark', next)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    await expect(toldIn('dark', { ...next, isComplete: true })).resolves.toBeDefined();
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

  it('refuses a table without actors, and a lake that DuckDB does not read', async () => {
    const hits = defineEvents('hits', { columns: { at: timestamp() }, roles: { time: 'at' } });
    const noActors = createLake({ tables: [hits], engine: duckdbEngine({ lake: join(folder, 'lake') }) });
    await expect(detectInLake(noActors.hits, week)).rejects.toMatchObject({ code: 'ROLE_MISSING' });
    await closeLake(noActors);
    const onS3 = createLake({
      tables: [clickstream],
      engine: duckdbEngine({ lake: 's3://shop-events/lake' }),
    });
    await expect(detectInLake(onS3.clickstream, week)).rejects.toMatchObject({ code: 'LAKE_NOT_LOCAL' });
    await closeLake(onS3);
  });
});

describe('headwater detect', () => {
  const { signal } = new AbortController();
  const options: Parameters<typeof detect.run>[0]['options'] = {
    ...week,
    ...{ config, lake: join(folder, 'lake'), table: undefined },
    ...{ kinds: ['many-actions'], out: undefined, 'warm-up': 14, thresholds: true, complete: false },
    ...{ waf: false, 'waf-key': undefined, 'waf-path': [] },
  };

  async function answerOf(more: Partial<typeof options>) {
    const answer = await detect.run({ words: [], options: { ...options, ...more }, signal });
    if (!('data' in answer)) throw new Error('rows');
    return answer;
  }

  it('answers with each incident once, masks who it is about, and counts by kind', async () => {
    const answer = await detect.run({ words: [], options, signal });
    if (!('data' in answer)) throw new Error('rows');
    const { incidents, kinds, rows } = answer.data;
    expect(rows).toBeGreaterThan(11_000);
    expect(kinds['many-actions']?.opened).toBe(incidents.length);
    expect(incidents[0]).toMatchObject({ kind: 'many-actions', subject_type: 'actor', state: 'closed' });
    expect(incidents[0]?.evidence[0]).toMatchObject({ user_id: '***', event_type: expect.any(String) });
  });

  it('suggests rules of AWS WAF, limited by how fast the others are', async () => {
    const { data } = await answerOf({
      ...{
        kinds: ['scraper', 'replay'],
        thresholds: false,
        from: '2019-10-02',
        to: '2019-10-02',
        'warm-up': 0,
      },
      ...{ waf: true, 'waf-key': 'cookie:uid', 'waf-path': ['cart=/cart'] },
    });
    const { suggestions = [], ruleGroup } = data.waf ?? {};
    expect(suggestions.map(({ rule }) => rule.Name)).toContain('headwater-clickstream-found-actors');
    expect(JSON.stringify(suggestions[0]?.rule.Statement)).toContain('990000003');
    expect(ruleGroup?.Rules.map(({ Action }) => Action)).toEqual(suggestions.map(() => ({ Count: {} })));
    await expect(answerOf({ waf: true, 'waf-key': 'body:uid' })).rejects.toThrow(
      'cookie:NAME or header:NAME',
    );
    await expect(answerOf({ waf: true, 'waf-path': ['basket=/b'] })).rejects.toThrow('expected PLACE=/path');
    await expect(answerOf({ 'waf-path': ['cart=/b'] })).rejects.toThrow('need --waf');
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
