import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lake as column, decimal, defineEvents, timestamp } from '@headwater/core';
import { loadEvents } from '@headwater/etl';
import { createLake, type LakeEngine } from '@headwater/queries';
import { z } from 'zod';

/** Several shops in one table: the shop is what tenants are told apart by. */
export const market = defineEvents('market', {
  columns: {
    event_time: timestamp(),
    event_type: z.enum(['view', 'cart', 'purchase']),
    product_id: z.int64(),
    brand: z.string().optional(),
    price: decimal(10, 2),
    user_id: z.int64().register(column, { pii: 'pseudonymous' }),
    email: z.string().optional().register(column, { pii: 'direct' }),
    session: z.string().optional(),
    shop: z.string(),
  },
  roles: {
    time: 'event_time',
    action: 'event_type',
    item: 'product_id',
    brand: 'brand',
    amount: 'price',
    actor: 'user_id',
    session: 'session',
  },
});

/** Three days of three shops. A shop's users, sessions, products and brands are its own. */
export const shops = ['acme', "o'brien", 'zeta'] as const;

/** Lines of JSON with this many events of each shop and day. */
export function marketLines(days: readonly string[], eventsOfShop: number): string {
  const types = ['view', 'view', 'cart', 'purchase'] as const;
  const lines = days.flatMap((day, dayIndex) =>
    shops.flatMap((shop, shopIndex) =>
      Array.from({ length: eventsOfShop }, (_, index) => {
        const user = 9_007_199_254_740_993n + BigInt(shopIndex * 1000 + (index % 7));
        const seconds = String(index % 60).padStart(2, '0');
        const minute = String(Math.floor(index / 60) % 60).padStart(2, '0');
        return `{${[
          `"event_time":"${day}T1${shopIndex}:${minute}:${seconds}Z"`,
          `"event_type":"${types[index % 4]}"`,
          `"product_id":${shopIndex * 100 + (index % 5)}`,
          `"brand":"${shop} brand ${index % 3}"`,
          `"price":"${10 + shopIndex}.${String(index % 100).padStart(2, '0')}"`,
          `"user_id":${user}`,
          `"email":"user${index % 7}@${shopIndex}.example"`,
          `"session":"${shop}-${dayIndex}-${index % 7}"`,
          `"shop":"${shop}"`,
        ].join(',')}}`;
      }),
    ),
  );
  return `${lines.join('\n')}\n`;
}

/** The market, for queries by this engine. */
export const openMarket = (engine: LakeEngine) => createLake({ tables: [market], engine });

/** A lake in a temporary folder. */
export interface MarketLake {
  readonly folder: string;
  /** Loads these days with this many events of each shop, into this lake unless another one is named. */
  load(days: readonly string[], eventsOfShop: number, into?: string): Promise<void>;
  remove(): Promise<void>;
}

export async function marketLake(): Promise<MarketLake> {
  const temporary = await mkdtemp(join(tmpdir(), 'headwater-mcp-'));
  const folder = join(temporary, 'lake');
  let loads = 0;
  return {
    folder,
    async load(days, eventsOfShop, into = folder) {
      loads += 1;
      const raw = join(temporary, `raw-${loads}.jsonl`);
      await writeFile(raw, marketLines(days, eventsOfShop));
      await loadEvents({ table: market, lake: into, inputs: [raw] });
    },
    remove: () => rm(temporary, { recursive: true, force: true }),
  };
}
