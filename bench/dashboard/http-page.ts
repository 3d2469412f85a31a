import { randomUUID } from 'node:crypto';
import type { Change, MeasuredPage, Shown } from './measured-page.ts';

const figures = ['visitors', 'revenue', 'conversion', 'abandonment', 'sessions', 'order'];
const columns = { categories: 'category_code', brands: 'brand' } as const;

interface Board {
  readonly charts: readonly { readonly id: string }[];
  readonly view: Readonly<Record<'grain' | 'tile', string>> & {
    readonly range: { readonly from: string; readonly to: string };
    readonly comparison?: string;
  };
}

/** Asks a server what a page asks, in the same order. Nothing is drawn, so a browser takes longer. */
export function httpPage(url: string): MeasuredPage {
  const page = randomUUID();
  let view = 0;
  let charts: readonly string[] = [];
  let state = new URLSearchParams();
  const rankings = new Map<string, readonly string[]>();

  const ask = async (tile: string, isJudged = false): Promise<void> => {
    const response = await fetch(`${url}api/answer`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ page, view, tile, state: state.toString(), width: 616, isJudged }),
    });
    if (!response.ok) throw new Error(`${tile}: ${await response.text()}`);
    const answer = (await response.json()) as {
      kind: string;
      table?: { rows: { value: string | null }[][] };
    };
    if (answer.kind === 'ranking')
      rankings.set(tile, answer.table?.rows.map(([name]) => name?.value ?? '~') ?? []);
  };
  const show = async (began: number): Promise<Shown> => {
    view += 1;
    await ask('course');
    const chart = performance.now() - began;
    await Promise.all([...figures, ...charts].map((tile) => ask(tile)));
    await Promise.all([...figures, 'headline'].map((tile) => ask(tile, true)));
    return { chart, all: performance.now() - began };
  };
  return {
    async open(query) {
      const began = performance.now();
      await Promise.all(['', 'page.js', 'page.css'].map(async (path) => (await fetch(url + path)).text()));
      const board = (await (await fetch(`${url}api/state?${query}`)).json()) as Board;
      const { range, grain, comparison = 'none', tile } = board.view;
      charts = board.charts.map(({ id }) => id).filter((id) => id !== 'course');
      state = new URLSearchParams({ ...range, grain, compare: comparison, tile });
      return show(began);
    },
    async change(change) {
      const began = performance.now();
      apply(change);
      if ('figure' in change) {
        await ask('course');
        const took = performance.now() - began;
        return { chart: took, all: took };
      }
      return show(began);
    },
    close: async () => {},
  };

  function apply(change: Change): void {
    if ('ranking' in change) {
      const name = `where.${columns[change.ranking]}`;
      const value = rankings.get(change.ranking)?.[change.row] ?? '~';
      const chosen = state.getAll(name);
      state.delete(name);
      const next = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
      for (const one of next) state.append(name, one);
    } else if ('grain' in change) state.set('grain', change.grain);
    else if ('from' in change) state.set('from', change.from);
    else state.set('tile', figures[change.figure - 1] ?? 'visitors');
  }
}
