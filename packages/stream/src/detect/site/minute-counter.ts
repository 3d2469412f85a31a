import type { EventRow } from '../../record/event-identity.ts';
import type { ShopEvent } from '../shop-event.ts';
import { hashText } from './hash-text.ts';
import { createKnownClients, type KnownClientsState } from './known-clients.ts';
import { addCounts, type MinuteSummary, type SummaryCount } from './minute-summary.ts';
import type { CountingParameters } from './parameters.ts';
import { countOf, createTopProducts, type ProductEntry, type ProductState } from './top-products.ts';
import { createVisitTable, type VisitTableState } from './visit-table.ts';

/** Where counting stands, as plain data that survives JSON. */
export interface MinuteCounterState {
  readonly counts: Readonly<Record<SummaryCount, number>>;
  readonly members: readonly string[];
  readonly clients: KnownClientsState;
  readonly visits: VisitTableState;
  readonly products: readonly ProductState[];
  readonly minute: number;
}

/** Counts the rows of a minute, in memory that does not depend on the number of actors. */
export interface MinuteCounter {
  observe(event: ShopEvent): void;
  /** What was counted since the last call, as the minute that begins at `start`. */
  take(start: number): MinuteSummary;
  /** Rows of the minute that was taken last: of newcomers, or of a product among its busiest. They are no part of the state. */
  evidence(item?: string): readonly EventRow[];
  /** @param share the part of the visits, the latest, that is kept; with less than a half, fewer clients are known, too */
  snapshot(share?: number): MinuteCounterState;
}

/** Rows of a minute that are kept as evidence. */
const evidenceRows = 5;
const isNewcomer = 1;
const hasGoneOn = 2;
const isShopping = 4;
const hasStayed = 8;

const noCounts = (): Record<SummaryCount, number> => ({ ...addCounts([]) });

/**
 * Counts one shard, or a whole stream. It is the first half of the detector of the site; the judge of summed minutes is the other.
 */
export function createMinuteCounter(
  parameters: CountingParameters,
  state?: MinuteCounterState,
): MinuteCounter {
  const { shortRows, shortSeconds, membersPerMinute, productsPerMinute } = parameters;
  const clients = createKnownClients(parameters.clientBits, state?.clients);
  const visits = createVisitTable(parameters.openVisits, parameters.visitPause, state?.visits);
  const products = createTopProducts(parameters.countedProducts, state?.products);
  let counts = { ...(state?.counts ?? noCounts()) };
  let members = [...(state?.members ?? [])];
  let minute = state?.minute ?? 0;
  let samples: EventRow[] = [];
  let taken: {
    readonly samples: readonly EventRow[];
    readonly products: ReadonlyMap<string, readonly EventRow[]>;
  } = {
    samples: [],
    products: new Map(),
  };

  /** The visit begins: whoever was never seen before is a newcomer. */
  const begin = (slot: number, { actor, row }: ShopEvent, hash: number): void => {
    counts.visits += 1;
    if (clients.meet(hash)) return;
    counts.newcomers += 1;
    visits.flags[slot] = isNewcomer;
    if (samples.length < evidenceRows) samples.push(row);
    if (members.length < membersPerMinute && actor !== undefined) members.push(actor);
  };

  /** A visit looks at another product than the one that it began with. */
  const leaveLanding = (slot: number): void => {
    const flags = visits.flags[slot] ?? 0;
    if ((flags & hasGoneOn) !== 0) return;
    visits.flags[slot] = flags | hasGoneOn;
    const left = products.find(visits.landing[slot] ?? 0);
    if (left !== undefined) left.wentOn += 1;
  };

  const watchProduct = (item: string, slot: number, isFirst: boolean, event: ShopEvent): void => {
    const hash = hashText(item);
    const entry = products.offer(hash, item);
    const goesOn = !isFirst && (visits.landing[slot] ?? 0) !== hash;
    if (goesOn) leaveLanding(slot);
    if (event.action === 'view') addView(entry, slot, (visits.flags[slot] ?? 0) & hasGoneOn);
    else if (event.action === 'cart' || event.action === 'purchase') entry.bought += 1;
    if (entry.rows.length < evidenceRows) entry.rows.push(event.row);
    if (isFirst) {
      visits.landing[slot] = hash;
      entry.landed += 1;
      if (entry.members.length < membersPerMinute && event.actor !== undefined)
        entry.members.push(event.actor);
    }
  };

  return {
    observe(event) {
      const { actor, session, item, action } = event;
      const visitor = session ?? actor;
      counts.rows += 1;
      const isBuying = action === 'cart' || action === 'purchase';
      if (isBuying) counts.bought += 1;
      else if (action === 'view') counts.views += 1;
      if (visitor === undefined) return;
      const second = Math.floor(event.time / 1000);
      minute = Math.floor(second / 60);
      const slot = visits.enter(hashText(visitor), second);
      const rows = visits.rows[slot] ?? 0;
      if (rows === 1) begin(slot, event, hashText(actor ?? visitor));
      const flags = visits.flags[slot] ?? 0;
      if ((flags & isNewcomer) !== 0) {
        if (
          rows > shortRows &&
          (flags & hasStayed) === 0 &&
          second - (visits.began[slot] ?? 0) >= shortSeconds
        ) {
          counts.stayed += 1;
          visits.flags[slot] = flags | hasStayed;
        }
        if (isBuying && (flags & isShopping) === 0) {
          counts.shopping += 1;
          visits.flags[slot] = (visits.flags[slot] ?? 0) | isShopping;
        }
      }
      if (item !== undefined) watchProduct(item, slot, rows === 1, event);
    },
    take(start) {
      const top = products.take(productsPerMinute);
      taken = { samples, products: new Map(top.map(({ item, rows }) => [item, rows])) };
      samples = [];
      const summary = { start, ...counts, members, products: top.map(countOf) };
      counts = noCounts();
      members = [];
      return summary;
    },
    evidence: (item) => (item === undefined ? taken.samples : taken.products.get(item)) ?? [],
    snapshot: (share = 1) => ({
      counts: { ...counts },
      members: [...members],
      clients: clients.snapshot(share),
      visits: visits.snapshot(minute, share),
      products: products.snapshot(),
      minute,
    }),
  };
}

function addView(entry: ProductEntry, slot: number, goneOn: number): void {
  entry.views += 1;
  if (goneOn === 0) entry.alone += 1;
  if (entry.lead === 0) entry.leader = slot;
  entry.lead += entry.leader === slot ? 1 : -1;
}
