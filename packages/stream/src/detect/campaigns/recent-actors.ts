/** What is remembered of an actor since its first row, or since it was last forgotten. Times are in seconds since 1970. */
export interface RecentActor {
  readonly name: string;
  readonly begin: number;
  last: number;
  /** The time of the row before the last one. */
  before: number;
  rows: number;
  /** Views of a product that the actor did not view in the row before. */
  views: number;
  /** The sum of the rarities of these products. */
  rarity: number;
  /** Hash of the last product. */
  item: number;
  purchases: number;
  cheapPurchases: number;
  /** The number of the first row that is a purchase; 0 without one. */
  firstPurchase: number;
  /** The kinds whose chains it is part of, as bits. */
  chains: number;
  session: string;
  /** Short sessions in a row, each after the end of the one before, with the current one. */
  visits: number;
  /** Those with several rows. */
  longerVisits: number;
  visitsBegin: number;
  visitBegin: number;
  visitRows: number;
  /** The sum of the pauses between these sessions, and of their squares. */
  pauses: number;
  pauseSquares: number;
  /** Sessions before the current one, the latest last. */
  readonly earlier: string[];
  /** The last different products in a row, the latest last: hash, second, hash, second. */
  readonly trail: number[];
}

/** Actors as plain data: the values of each, in the order of {@link RecentActor}. */
export interface RecentActorsState {
  readonly turned: number | null;
  readonly young: readonly (readonly unknown[])[];
  readonly old: readonly (readonly unknown[])[];
}

/** The actors that had rows lately. */
export interface RecentActors {
  /** The actor with this name at `time`, in seconds; a new one if it is not remembered. */
  at(name: string, time: number): RecentActor;
  /** @param share the share of actors that is kept, those with the latest rows first */
  snapshot(share: number): RecentActorsState;
}

/**
 * Remembers actors with bounded memory, in two generations. When the young one is full, or half of the time is over, it becomes the old
 * one, and what was old is forgotten. So an actor is remembered for as long as fewer than half of the limit are new between two of its
 * rows: a flood of clients with one row each pushes out those that are idle, and not those that go on.
 *
 * @param most actors that are remembered
 * @param life seconds without a row after which an actor is forgotten; at the latest, at the earliest after half of it
 */
export function createRecentActors(most: number, life: number, state?: RecentActorsState): RecentActors {
  let young = mapOf(state?.young ?? []);
  let old = mapOf(state?.old ?? []);
  let turned = state?.turned ?? Number.NEGATIVE_INFINITY;

  const turn = (time: number): void => {
    old = time - turned > life ? new Map() : young;
    young = new Map();
    turned = time;
  };

  return {
    at(name, time) {
      if (time - turned > life / 2 || young.size >= most / 2) turn(time);
      const known = young.get(name);
      if (known !== undefined) return known;
      const actor = old.get(name) ?? newActor(name, time);
      young.set(name, actor);
      return actor;
    },
    snapshot(share) {
      const names = share < 1 ? latestOf([...old.values(), ...young.values()], share) : undefined;
      const stateOf = (actors: ReadonlyMap<string, RecentActor>): unknown[][] =>
        [...actors.values()]
          .filter(({ name }) => names?.has(name) ?? true)
          .map((actor): unknown[] => Object.values(actor));
      return { turned: Number.isFinite(turned) ? turned : null, young: stateOf(young), old: stateOf(old) };
    },
  };
}

function newActor(name: string, time: number): RecentActor {
  return {
    name,
    begin: time,
    last: time,
    before: time,
    rows: 0,
    views: 0,
    rarity: 0,
    item: 0,
    purchases: 0,
    cheapPurchases: 0,
    firstPurchase: 0,
    chains: 0,
    session: '',
    visits: 0,
    longerVisits: 0,
    visitsBegin: time,
    visitBegin: time,
    visitRows: 0,
    pauses: 0,
    pauseSquares: 0,
    earlier: [],
    trail: [],
  };
}

const fieldNames = Object.keys(newActor('', 0));

function mapOf(state: RecentActorsState['young']): Map<string, RecentActor> {
  const actors = new Map<string, RecentActor>();
  for (const values of state) {
    const fields = Object.fromEntries(
      fieldNames.map((name, place) => [name, structuredClone(values[place])]),
    );
    const actor = Object.assign(newActor(String(fields['name']), 0), fields);
    actors.set(actor.name, actor);
  }
  return actors;
}

/** The names of the share of actors with the latest rows. */
function latestOf(actors: readonly RecentActor[], share: number): ReadonlySet<string> {
  const sorted = actors.toSorted((one, other) => other.last - one.last || (one.name < other.name ? -1 : 1));
  return new Set(sorted.slice(0, Math.floor(sorted.length * share)).map(({ name }) => name));
}
