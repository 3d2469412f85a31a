import { chromiumPath, openBrowser } from './dashboard/browser-page.ts';
import { dashboardLakes } from './dashboard/dashboard-lakes.ts';
import { startDashboard } from './dashboard/dashboard-process.ts';
import { httpPage } from './dashboard/http-page.ts';
import type { Change, MeasuredPage, Shown } from './dashboard/measured-page.ts';

/** A kind of thing that readers do, and how long each took. */
type Measured = Map<string, Shown[]>;

/**
 * The dashboard over a month of events, as a process of its own, in Chromium where there is one: how long it takes until the main chart is there,
 * and until all tiles are.
 */
export async function benchDashboard(events: number, rounds: number): Promise<void> {
  const { plain, rolledUp } = await dashboardLakes(events);
  const chromium = chromiumPath();
  const by = chromium === undefined ? 'over HTTP, as no Chromium was found' : 'in Chromium, painted';
  process.stdout.write(`dashboard: ${events} events of 31 days, seven days shown, ${by}\n`);
  for (const [name, lake] of [
    ['with rollups', rolledUp],
    ['without rollups', plain],
  ] as const) {
    const server = await startDashboard(lake);
    const browser = chromium === undefined ? undefined : await openBrowser(chromium, server.url);
    try {
      process.stdout.write(`\n${name}; the server was ready after ${server.readyAfter.toFixed(0)} ms\n`);
      const page = async () => (browser ? browser.page() : httpPage(server.url));
      const measured: Measured = new Map();
      await measure(page, rounds, measured);
      for (const [what, all] of measured) process.stdout.write(`  ${lineOf(what, all)}\n`);
      process.stdout.write(`  memory of the server: ${server.memory().toFixed(0)} MB\n`);
    } finally {
      await browser?.close();
      await server.close();
    }
  }
}

/** Days that end earlier: a page that nobody has looked at. */
const earlier = (round: number): string => {
  const to = new Date(Date.UTC(2019, 9, 30 - (round % 14)));
  const from = new Date(to.getTime() - 6 * 86_400_000);
  return `from=${from.toISOString().slice(0, 10)}&to=${to.toISOString().slice(0, 10)}`;
};

/** Does what readers do, each thing in a view that nobody has asked before, unless its name says so. */
async function measure(open: () => Promise<MeasuredPage>, rounds: number, measured: Measured): Promise<void> {
  const note = async (what: string, shown: Promise<Shown>): Promise<void> => {
    measured.set(what, [...(measured.get(what) ?? []), await shown]);
  };
  const first = await open();
  await note('first page after the start', first.open(''));
  for (let round = 0; round < rounds * 2; round++) {
    const page = await open();
    await note('first chart, usual view', page.open(''));
    await page.close();
  }
  for (let round = 0; round < rounds * 2; round++) {
    const page = await open();
    await note('first chart, other days', page.open(earlier(round)));
    await page.close();
  }
  /** Each value alone, and the way back, which is answered already. */
  const filters = async (what: string, count: number): Promise<void> => {
    for (const ranking of ['categories', 'brands'] as const)
      for (let row = 0; row < count; row++) {
        const change: Change = { ranking, row };
        await note(what, first.change(change));
        await note('filter taken back', first.change(change));
      }
  };
  await filters('filter change', 8);
  await first.change({ figure: 2 });
  await first.change({ from: '2019-10-24' });
  await filters('filter change, revenue shown', 4);
  await first.change({ figure: 3 });
  await first.change({ from: '2019-10-26' });
  await filters('filter change, conversion shown', 4);
  await first.change({ figure: 1 });
  for (const grain of ['hour', 'day', 'week', 'day'] as const)
    await note('grain change', first.change({ grain }));
  for (let day = 10; day < 10 + rounds * 4; day++)
    await note('range change', first.change({ from: `2019-10-${day}` }));
  await first.close();
}

function lineOf(what: string, shown: readonly Shown[]): string {
  const at = (part: keyof Shown, share: number): string => {
    const sorted = shown.map((one) => one[part]).toSorted((one, other) => one - other);
    return (sorted[Math.ceil(sorted.length * share) - 1] ?? 0).toFixed(0).padStart(5);
  };
  return `${what.padEnd(34)} chart p50 ${at('chart', 0.5)} p95 ${at('chart', 0.95)} ms; all tiles p50 ${at('all', 0.5)} p95 ${at('all', 0.95)} ms (${shown.length})`;
}
