import { describe, expect, it } from 'vitest';
import type { LiveFigures } from '../../src/stream/view/live-figures.ts';
import { liveFrame } from '../../src/stream/view/live-frame.ts';
import { createLiveView } from '../../src/stream/view/live-view.ts';
import { plainLine } from '../../src/stream/view/plain-line.ts';

const course = Array.from({ length: 60 }, (_, index) => Math.round(100 + 80 * Math.sin(index / 7)));
const figures: LiveFigures = {
  ...{
    table: 'clickstream',
    lake: './lake',
    clock: new Date('2019-10-01T14:32:10Z'),
    speed: 600,
    seconds: 12,
  },
  rate: 2011.3,
  counts: { sent: 120_411, archived: 118_000, duplicates: 10, quarantined: 2401, waiting: 0, unsent: 0 },
  eventsPerMinute: course,
  sessions: course.map((value) => value * 3),
  carts: course.map((value) => value >> 1),
  cartsValue: '10532.10',
  cartsValues: course,
  totals: { purchases: 412, revenue: '54321.00', cartSessions: 390, abandoned: 120 },
  topItems: [
    { item: '1004856', purchases: 31, revenue: '4030.00' },
    { item: '日本のとても長い名前の商品です、ほんとうに', purchases: 2, revenue: '20000.10' },
  ],
  topMinutes: 60,
  incidents: [
    {
      ...{ id: 'i1', kind: 'scraper', words: 'reads product after product', severity: 'warning' },
      ...{ subject_type: 'actor', subject: '5\u001b[2J', actors: ['5'] },
      ...{ opened: new Date('2019-10-01T14:21:00Z'), at: new Date('2019-10-01T14:31:00Z'), closed: null },
      ...{ seen: 58, expected: 20, window: 1200 },
      evidence: [
        {
          event_time: '2019-10-01T14:30:58.000Z',
          event_type: 'view',
          brand: null,
          price: 9.5,
          user_id: '***',
        },
      ],
    },
  ],
  incidentCount: 1,
  page: undefined,
  isEnding: false,
};
const style = (_: string, text: string): string => text;
const frame = (columns: number, rows = 40, shown = figures) => liveFrame(shown, { style, columns, rows });

describe('liveFrame', () => {
  it('draws the figures of a moment', () => {
    expect(frame(79).join('\n')).toMatchInlineSnapshot(`
      "clickstream → ./lake
      Tue 2019-10-01 14:32:10 UTC                     600× real time  2,011 records/s

      events/min             167  ██████▇▇▇▇▆▆▅▅▄▄▄▃▃▃▂▂▂▂▂▂▂▂▂▃▃▃▄▄▄▅▅▆▆▇▇▇▇███████▇
      sessions               501  ██████▇▇▇▇▆▆▅▅▄▄▄▃▃▃▂▂▂▂▂▂▂▂▂▃▃▃▄▄▄▅▅▆▆▇▇▇▇███████▇
      open carts              83  ██████▇▇▇▇▆▆▅▅▄▄▄▃▃▂▂▂▂▂▂▂▂▂▂▃▃▃▄▄▄▅▅▆▆▇▇▇▇███████▇
      worth            10,532.10  ██████▇▇▇▇▆▆▅▅▄▄▄▃▃▃▂▂▂▂▂▂▂▂▂▃▃▃▄▄▄▅▅▆▆▇▇▇▇███████▇

      purchases 412   revenue 54,321.00   carts 390   not bought 120 (30.8%)

      Top sellers, last 60 minutes         Incidents (1)
      1004856     31  4,030.00 █████████   14:31 scraper actor 5 [2J: 58 in 20 min, …
      日本のとて…  2 20,000.10 ▋







      actor 5 [2J reads product after product
      58 in 20 min, expected 20  since 14:21
        14:30:58 view 9.5



      sent 120,411   archived 118,000   duplicates 10   quarantined 2,401   waiting 0"
    `);
  });

  it('fits every terminal, and has as many lines in every moment', async () => {
    const { default: width } = await import('fast-string-width');
    for (const columns of [20, 39, 60, 79, 80, 120, 250]) {
      const lines = frame(columns);
      expect(Math.max(...lines.map((line) => width(line)))).toBeLessThanOrEqual(columns);
      const empty = frame(columns, 40, { ...figures, topItems: [], incidents: [] });
      expect(empty).toHaveLength(lines.length);
    }
    expect(frame(79, 24).length).toBeLessThanOrEqual(24);
    expect(frame(79).join('')).not.toContain('\u001b');
  });

  it('leaves out what the table cannot say', () => {
    const totals = { purchases: null, revenue: null, cartSessions: null, abandoned: null };
    const plain = { ...figures, sessions: null, carts: null, cartsValue: null, topItems: null, totals };
    expect(frame(79, 40, plain).join('\n')).not.toMatch(/cart|sellers|revenue|sessions/);
    expect(plainLine(plain)).toBe(
      'Tue 2019-10-01 14:32:10 UTC: 120,411 sent, 2,011/s, 118,000 archived, 2,401 quarantined, 1 incident',
    );
  });
});

describe('createLiveView', () => {
  it('redraws in place on a terminal, and only what changed', async () => {
    let written = '';
    const stream = {
      ...{ isTTY: true, columns: 80, rows: 40 },
      write(text: string) {
        written += text;
        return true;
      },
    };
    const view = createLiveView({ style, print: async () => undefined }, stream as never);
    await view.show(figures);
    expect(written).toContain('clickstream → ./lake');
    written = '';
    await view.show({ ...figures, counts: { ...figures.counts, sent: 120_999 } });
    expect(written).toContain('120,999');
    expect(written).not.toContain('Top sellers');
    view.end();
  });

  it('prints a line now and then elsewhere', async () => {
    const lines: (string | undefined)[] = [];
    const view = createLiveView({ style, print: async (line) => void lines.push(line) }, {
      isTTY: false,
      columns: 80,
      rows: 24,
      write: () => true,
    } as never);
    await view.show(figures);
    await view.show(figures);
    expect(lines).toEqual([plainLine(figures)]);
  });
});
