import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEvents } from '@headwater/etl';
import { simulateToFile } from '@headwater/simulator';
import { basketRows, baskets } from './baskets.ts';
import { bazaar, bazaarRows } from './bazaar.ts';
import { clicks } from './clicks.ts';
import { hostileEvents } from './hostile-texts.ts';
import { type MadeLake, makeLake } from './made-lake.ts';
import { market, marketRows } from './market.ts';
import { pulseRows, pulses } from './pulses.ts';
import { history, shop } from './shop.ts';
import { simulated } from './simulated.ts';

/** The tables that engines are compared on. */
export const allTables = [shop, clicks, baskets, market, pulses, bazaar] as const;

export type AllTables = typeof allTables;

/** A lake in a folder with all of these tables, and their rows. */
export async function makeAllLakes(): Promise<MadeLake> {
  const made = await makeLake();
  await made.commit(shop, [...history, ...hostileEvents]);
  await made.commit(baskets, basketRows);
  await made.commit(market, marketRows);
  await made.commit(pulses, pulseRows);
  await made.commit(bazaar, bazaarRows(120, 4));
  await loadSimulated(made.folder);
  return made;
}

async function loadSimulated(lake: string): Promise<void> {
  const raw = await mkdtemp(join(tmpdir(), 'headwater-raw-'));
  const out = join(raw, 'events.csv');
  const { start, days } = simulated;
  await simulateToFile({ events: 12_000, days, start, seed: 11, out });
  await loadEvents({ table: clicks, lake, inputs: [out] });
  await rm(raw, { recursive: true });
}
