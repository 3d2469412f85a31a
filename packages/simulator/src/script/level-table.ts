import { type AttackLevel, attackLevels } from './level.ts';

/** The value of a parameter at each level: easy, medium, hard. */
type ByLevel = readonly [easy: number, medium: number, hard: number];

/**
 * The parameters of every kind at every level. Times are in seconds; `jitter` is the deviation of a gap in percent of it;
 * other shares are in percent too. `load` is the additional traffic at the peak, in percent of the shop's traffic at that time.
 *
 * An attacker at a higher level is nearer to a shopper. A look-alike at a higher level is nearer to an attacker.
 */
const levelTable = {
  fast_scraper: { rows: [600, 400, 250], atOnce: [4, 3, 1], gap: [1, 2, 6], jitter: [0, 40, 80] },
  slow_scraper: {
    rows: [400, 250, 160],
    gap: [60, 120, 240],
    jitter: [10, 50, 90],
    perSession: [100, 40, 20],
  },
  catalogue_walker: { rows: [300, 200, 120], gap: [2, 10, 25], jitter: [0, 50, 90], skip: [1, 1, 3] },
  price_monitor: { products: [5, 10, 20], gap: [600, 900, 1800], jitter: [0, 4, 12], visits: [140, 120, 80] },
  replayed_session: { rows: [14, 11, 9], replays: [20, 10, 6], pause: [60, 600, 3600], shift: [0, 0, 1] },
  cart_bomber: {
    rows: [120, 60, 35],
    atOnce: [3, 2, 1],
    gap: [1, 3, 8],
    jitter: [0, 40, 80],
    views: [0, 20, 40],
  },
  hoarder: { cycles: [40, 25, 14], quantity: [4, 3, 2], hold: [300, 600, 900], jitter: [0, 10, 30] },
  sniper: {
    drops: [6, 4, 3],
    polls: [90, 60, 40],
    gap: [5, 10, 20],
    jitter: [0, 10, 30],
    reaction: [0, 1, 2],
  },
  rotating_identities: {
    rows: [600, 400, 300],
    perIdentity: [20, 10, 5],
    gap: [2, 5, 12],
    jitter: [0, 40, 80],
  },
  carding: {
    accounts: [30, 20, 12],
    purchases: [5, 4, 3],
    gap: [4, 12, 35],
    pause: [15, 60, 180],
    views: [0, 0, 1],
  },
  credential_churn: { accounts: [3, 3, 2], sessions: [60, 40, 24], rows: [1, 2, 3], pause: [15, 60, 180] },
  lockstep_ring: {
    actors: [12, 8, 5],
    products: [12, 10, 8],
    rounds: [4, 3, 2],
    spread: [60, 600, 3600],
    shift: [0, 1, 2],
  },
  click_flood: { actors: [5, 40, 150], load: [400, 200, 100], duration: [600, 1200, 1800] },
  distributed_flood: { rows: [1, 1, 2], load: [800, 400, 200], duration: [900, 1200, 1800] },
  slow_ramp: { rows: [1, 2, 3], load: [400, 250, 150], duration: [7200, 10_800, 14_400] },
  outage: { lost: [100, 92, 80], duration: [2400, 1800, 1500] },
  flash_sale: {
    load: [200, 350, 500],
    duration: [3600, 3600, 3600],
    known: [90, 85, 80],
    products: [20, 10, 5],
  },
  advertising_spike: { load: [150, 250, 400], duration: [1800, 1200, 900], known: [20, 15, 10] },
  newsletter: { load: [100, 180, 260], duration: [7200, 5400, 3600], products: [10, 8, 6] },
  viral_product: { load: [60, 100, 150], duration: [10_800, 9000, 7200], known: [40, 30, 20] },
  power_user: { sessions: [8, 10, 12], rows: [25, 35, 50] },
  shared_account: { people: [2, 4, 6], visits: [3, 4, 5] },
  price_comparer: { products: [12, 25, 40], gap: [20, 12, 7], returns: [1, 2, 3] },
  wish_list: { carts: [10, 25, 40], gap: [60, 30, 15] },
  business_buyer: { views: [30, 25, 20], purchases: [8, 20, 35], gap: [60, 30, 15] },
  many_tabs: { bursts: [2, 4, 6], tabs: [6, 12, 20] },
  tab_reload: { gap: [300, 120, 60], duration: [1800, 2700, 3600] },
  client_retries: { storms: [1, 2, 3], retries: [8, 16, 30] },
  own_monitor: { gap: [600, 300, 300] },
  clock_change: {},
} as const satisfies Readonly<Record<string, Readonly<Record<string, ByLevel>>>>;

/** The name of a kind of attacker or look-alike, as in labels. */
export type CaseKindName = keyof typeof levelTable;

/** The parameters of a kind at one level. */
export type CaseParameters<Kind extends CaseKindName> = Readonly<
  Record<keyof (typeof levelTable)[Kind], number>
>;

/** The names of all kinds: attackers, then look-alikes. */
export const caseKindNames = Object.keys(levelTable) as readonly CaseKindName[];

/** The parameters of a kind at a level. */
export function parametersOf<Kind extends CaseKindName>(
  kind: Kind,
  level: AttackLevel,
): CaseParameters<Kind> {
  const place = attackLevels.indexOf(level);
  const byLevel: Readonly<Record<string, ByLevel>> = levelTable[kind];
  return Object.fromEntries(
    Object.entries(byLevel).map(([name, values]) => [name, values[place]]),
  ) as CaseParameters<Kind>;
}
