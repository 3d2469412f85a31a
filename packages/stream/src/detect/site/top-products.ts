import type { EventRow } from '../../record/event-identity.ts';
import type { ProductCount } from './product-count.ts';

/** Counts of a product within a minute. */
export interface ProductEntry {
  readonly hash: number;
  readonly item: string;
  /** All that was counted, with what it took over from the product whose place it has. It only decides who makes room. */
  offers: number;
  views: number;
  alone: number;
  lead: number;
  /** The visit that leads. */
  leader: number;
  landed: number;
  wentOn: number;
  bought: number;
  readonly members: string[];
  /** Its first rows. */
  readonly rows: EventRow[];
}

/** An entry as plain data that survives JSON. */
export type ProductState = Omit<ProductEntry, 'rows'>;

/** The busiest products of a minute, in a list of fixed length. */
export interface TopProducts {
  /** The entry of a product, which makes room for itself: Space-Saving (Metwally, Agrawal, El Abbadi 2005). */
  offer(hash: number, item: string): ProductEntry;
  /** The entry of a product whose name is not known, if it has one. */
  find(hash: number): ProductEntry | undefined;
  /** The `most` busiest of those with more than one row, and an empty list afterwards. */
  take(most: number): ProductEntry[];
  snapshot(): readonly ProductState[];
}

/** @param capacity products that are counted at once: any with more than one in `capacity` of the rows is among them */
export function createTopProducts(capacity: number, state: readonly ProductState[] = []): TopProducts {
  let entries = new Map<number, ProductEntry>(
    state.map((entry) => [entry.hash, { ...entry, members: [...entry.members], rows: [] }]),
  );
  return {
    offer(hash, item) {
      const there = entries.get(hash);
      if (there !== undefined) {
        there.offers += 1;
        return there;
      }
      let taken = 0;
      if (entries.size >= capacity) {
        let least: ProductEntry | undefined;
        for (const entry of entries.values())
          if (least === undefined || entry.offers < least.offers) least = entry;
        taken = least?.offers ?? 0;
        if (least !== undefined) entries.delete(least.hash);
      }
      const entry = {
        hash,
        item,
        offers: taken + 1,
        views: 0,
        alone: 0,
        lead: 0,
        leader: -1,
        landed: 0,
        wentOn: 0,
        bought: 0,
        members: [],
        rows: [],
      };
      entries.set(hash, entry);
      return entry;
    },
    find: (hash) => entries.get(hash),
    take(most) {
      const top = [...entries.values()]
        .filter(({ offers }) => offers > 1)
        .sort((one, other) => other.offers - one.offers || (one.item < other.item ? -1 : 1))
        .slice(0, most);
      entries = new Map();
      return top;
    },
    snapshot: () =>
      [...entries.values()].map(({ rows: _, ...entry }) => ({ ...entry, members: [...entry.members] })),
  };
}

/** The entry as it is added up. */
export const countOf = ({
  item,
  views,
  alone,
  lead,
  landed,
  wentOn,
  bought,
  members,
}: ProductEntry): ProductCount => ({
  item,
  views,
  alone,
  lead,
  landed,
  wentOn,
  bought,
  members,
});
