import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadEvents, verifyLake } from '@headwater/etl';
import { attackLabels, simulateToFile } from '@headwater/simulator';
import { afterAll, describe, expect, it } from 'vitest';
import { compareLive } from '../../src/demo/compare-live.ts';
import { printFound } from '../../src/stream/run/print-found.ts';
import { type StreamRunOptions, streamIntoLake } from '../../src/stream/run/stream-into-lake.ts';
import { unsentHint } from '../../src/stream/run/unsent-hint.ts';
import { embeddedServices } from '../../src/stream/services/embedded-services.ts';
import type { StreamInput } from '../../src/stream/source/record-source.ts';
import type { LiveFigures } from '../../src/stream/view/live-figures.ts';
import { clickstream } from '../../src/template/clickstream.ts';

const root = mkdtempSync(join(tmpdir(), 'headwater-stream-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const signal = new AbortController().signal;
const shown = { events: 4000, days: 2, start: '2019-10-01', seed: 3, dirty: 0.05, bots: 0.05 };

interface RunOptions extends Partial<Pick<StreamRunOptions, 'faults' | 'incidentsFile' | 'settings'>> {
  readonly moments?: LiveFigures[];
}

async function run(lake: string, input: StreamInput, { moments, ...options }: RunOptions = {}) {
  const { data, exitCode } = await streamIntoLake({
    ...{ table: clickstream, lake, aws: undefined, settings: {}, speed: Number.POSITIVE_INFINITY, shards: 3 },
    services: embeddedServices,
    ...{ loadEvery: 1, signal, given: { input, name: 'test', identity: input } },
    ...options,
    onMoment: (figures) => void moments?.push(figures),
  });
  return { ...data, exitCode };
}

const compared = async (lake: string, summary: Awaited<ReturnType<typeof run>>) => {
  const figures = await compareLive(clickstream, lake, summary, signal);
  expect(figures.map(({ name }) => name)).toHaveLength(5);
  expect(figures.filter(({ isEqual }) => !isEqual)).toEqual([]);
};

describe('streamIntoLake', () => {
  it('archives simulated shoppers, and the lake answers what the stream counted', async () => {
    const lake = join(root, 'simulated');
    const moments: LiveFigures[] = [];
    const summary = await run(lake, { kind: 'simulated', ...shown }, { moments });
    const { accounting, live } = summary;
    expect(summary).toMatchObject({ exitCode: 0, isStopped: false, givenUp: 0 });
    const { rows, duplicates, quarantined } = accounting.lake;
    expect(accounting.sent).toBe(rows + duplicates + quarantined);
    expect([live.events, live.repeated, live.rejected]).toEqual([rows, duplicates, quarantined]);
    expect(quarantined).toBeGreaterThan(20);
    expect(Object.keys(summary.reasons)).toContain('line:not_json');
    expect(moments.at(-1)).toMatchObject({ isEnding: true, counts: { sent: accounting.sent, waiting: 0 } });
    expect(summary.incidents).toBeGreaterThan(0);
    expect(summary.reminders.carts).toBeGreaterThan(0);
    await compared(lake, summary);
  });

  it('loses and doubles nothing by faults', async () => {
    const lake = join(root, 'faults');
    const summary = await run(lake, { kind: 'simulated', ...shown }, { faults: 11 });
    expect(summary).toMatchObject({
      exitCode: 0,
      givenUp: 0,
      faults: { throttledRecords: expect.any(Number) },
    });
    const { sent, copies, lake: counts } = summary.accounting;
    expect(copies).toBeGreaterThan(0);
    expect(sent + copies).toBe(counts.rows + counts.duplicates + counts.quarantined);
    await compared(lake, summary);
  });

  it('detects who is no shopper, and writes what is told of it', async () => {
    const attacks = { level: 'easy', kinds: ['fast_scraper', 'cart_bomber', 'power_user'] } as const;
    const simulated = { events: 8000, days: 1, start: '2019-10-01', seed: 3, attacks };
    const incidentsFile = join(root, 'incidents.jsonl');
    const moments: LiveFigures[] = [];
    const summary = await run(
      join(root, 'detected'),
      { kind: 'simulated', ...simulated },
      { moments, settings: { thresholds: [], detection: {} }, incidentsFile },
    );
    const found = summary.found ?? [];
    const cases = [...attackLabels(simulated)].filter(({ role, isAttack }) => role === 'case' && isAttack);
    expect(cases.length).toBeGreaterThan(1);
    expect(new Set(found.map(({ subject }) => subject))).toEqual(
      new Set(cases.map(({ subject }) => subject)),
    );
    for (const { subject, from, to } of cases) {
      const opened = Date.parse(found.find((one) => one.subject === subject)?.opened ?? '');
      expect(opened).toBeGreaterThanOrEqual(Date.parse(from));
      // Carts are told when no purchase has come for some minutes.
      expect(opened).toBeLessThanOrEqual(Date.parse(to) + 15 * 60_000);
    }
    expect(moments.at(-1)?.incidents[0]?.evidence.length).toBeGreaterThan(0);
    const told = readFileSync(incidentsFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(told.filter(({ state }) => state === 'open')).toHaveLength(summary.incidents);
    expect(found).toHaveLength(summary.incidents);
    const lines: string[] = [];
    const text = (line = '') => void lines.push(line);
    const console = { style: (_: string, one: string) => one, print: text, write: text, columns: 200 };
    await printFound(console as never, found);
    expect(lines.join('\n')).toMatch(
      /actor \d+ +reads product after product and puts none into a cart +\d+ in/,
    );
  });

  it('counts what months of few events say, without a pace', async () => {
    const input = join(root, 'sparse.jsonl');
    const event = (day: number) => ({
      event_time: new Date(Date.UTC(2019, 0, 1 + day * 5)).toISOString(),
      ...{
        event_type: 'view',
        product_id: 1,
        category_id: '1',
        price: 1,
        user_id: day,
        user_session: `s${day}`,
      },
    });
    const days = Array.from({ length: 60 }, (_, day) => JSON.stringify(event(day)));
    writeFileSync(input, days.join('\n'));
    const { live } = await run(join(root, 'sparse'), { kind: 'file', input });
    expect(live).toMatchObject({ events: 60, late: 0 });
  });

  it('reports what the stream does not take as lines that a load takes, with the reasons beside them', async () => {
    const [input, lake] = [join(root, 'large.jsonl'), join(root, 'large')];
    const event = { event_time: '2019-10-01 00:00:00 UTC', event_type: 'view', product_id: 1 };
    const click = { ...event, category_id: '1', price: 1, user_session: 's' };
    const lines = [1, 2, 3].map((user_id) =>
      JSON.stringify({ ...click, user_id, ...(user_id === 1 ? {} : { note: 'x'.repeat(1_200_000) }) }),
    );
    writeFileSync(input, lines.join('\n'));
    const { exitCode, accounting, reported } = await run(lake, { kind: 'file', input });
    expect(exitCode).toBe(1);
    expect(accounting).toMatchObject({ sent: 3, unsent: 2, lake: { rows: 1 } });
    const [unsent = ''] = reported;
    expect(reported).toEqual([expect.stringMatching(/unsent\.jsonl$/)]);
    const reasons = readFileSync(join(dirname(unsent), 'unsent-reasons.jsonl'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(reasons.map((line) => JSON.parse(line).reason)).toEqual(['refused', 'refused']);
    const loaded = await loadEvents({ table: clickstream, lake, inputs: [unsent] });
    expect(loaded).toMatchObject({ rowsIn: 2, rowsOut: 2, quarantined: 0 });
    const hint = unsentHint(unsent, { lake: './my lake', source: 'app', lookup: ['page=p.csv'] });
    expect(hint).toMatch(
      /etl run \S+unsent\.jsonl --lake '\.\/my lake' --source app --lookup 'page=p\.csv' --max-quarantine 100%$/,
    );
  });

  it('makes of a dirty file the rows that a load makes of it', async () => {
    const input = join(root, 'dirty.csv.gz');
    await simulateToFile({ ...shown, out: input });
    const [streamed, loaded] = [join(root, 'streamed'), join(root, 'loaded')];
    const summary = await run(streamed, { kind: 'file', input });
    expect(summary).toMatchObject({ exitCode: 0 });
    const report = await loadEvents({ table: clickstream, lake: loaded, inputs: [input], maxQuarantine: 1 });
    const { records, rows, quarantined, duplicates } = summary.accounting.lake;
    expect({ records, rows, duplicates, quarantined }).toEqual({
      records: report.rowsIn,
      rows: report.rowsOut,
      duplicates: report.duplicates,
      quarantined: report.quarantined,
    });
    await compared(streamed, summary);
    expect((await verifyLake({ table: clickstream, lake: streamed })).problems).toEqual([]);
    // Once more, after the process that has the folder: all of it is there.
    const landing = `${streamed}-landing`;
    const lock = join(landing, readdirSync(landing)[0] ?? '', 'run.lock');
    writeFileSync(lock, '1');
    setTimeout(() => rmSync(lock), 100);
    const again = await run(streamed, { kind: 'file', input });
    expect(again).toMatchObject({ exitCode: 0, loads: 0 });
    expect(again.accounting).toMatchObject({ before: records, lake: summary.accounting.lake });
    expect(again.live).toEqual(summary.live);
    // Their reasons are those of the run that loaded them.
    expect([summary.quarantinedBefore, again.quarantinedBefore]).toEqual([0, quarantined]);
    expect(again.reasons).toEqual({});
  });
});
