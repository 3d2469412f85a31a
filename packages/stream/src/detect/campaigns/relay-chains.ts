/** A suspicious account, as the end of a chain of such accounts. Times are in seconds since 1970. */
export interface Relay {
  readonly name: string;
  readonly begin: number;
  /** The time of its last row so far. */
  end: number;
  /** Seconds between two of its rows. */
  readonly pace: number;
  /** The number of suspicious accounts before it. */
  readonly place: number;
  /** How closely the accounts up to it follow each other: 1 for each that begins at once, half of it for one that begins at the last moment. */
  readonly closeness: number;
  /** The chain up to it, itself included: its length, its first account's begin and place, and the sum of the seconds in which each account had to begin. */
  readonly length: number;
  readonly since: number;
  readonly firstPlace: number;
  readonly windows: number;
  /** The last accounts of the chain. */
  readonly members: readonly string[];
  /** The campaign that it was found to be part of. */
  campaign: string;
}

/** Chains as plain data. */
export interface RelayChainsState {
  readonly relays: readonly Relay[];
  readonly count: number;
  /** The number of suspicious accounts at the beginning of each of the last hours: hour, count, hour, count. */
  readonly hours: readonly number[];
}

/** What is known of a chain. */
export interface ChainEvidence {
  readonly relay: Relay;
  /** The longest chain that is likely by chance. */
  readonly expected: number;
  /** -ln of the chance of the chain, if accounts came independently. */
  readonly evidence: number;
}

/** Accounts that are suspicious, and how they follow each other. */
export interface RelayChains {
  /**
   * Adds a suspicious account to the chain that it follows most closely, of those whose last account stopped before it began.
   * @param window seconds after the end of an account of that pace until the next one has to begin; undefined if they do not belong together
   */
  add(
    account: Pick<Relay, 'name' | 'begin' | 'end' | 'pace'>,
    window: (pace: number) => number | undefined,
  ): ChainEvidence;
  /** The account had a row. One that comes back after more than `pause` seconds is no part of a chain. */
  touch(name: string, time: number, pause: number): void;
  /** The account did something that shows that it is no part of a chain. */
  drop(name: string): void;
  snapshot(): RelayChainsState;
}

/** Accounts that a next one may follow. */
const most = 1024;
/** Names of a chain that is not yet a campaign. */
const mostMembers = 50;
/** Rows of one second have no order. */
const overlap = 1;
const hoursKept = 24;

/**
 * Finds chains of accounts, each of which begins soon after another one stopped.
 *
 * Among accounts that come independently, with `rate` a second, one begins within a window with the chance `1 - exp(-rate * window)`, and
 * a chain of n has that chance to the power of n - 1. The rate is that of the last day or that during the chain, whichever is higher,
 * in both cases without the accounts of the chain itself.
 */
export function createRelayChains(state?: RelayChainsState): RelayChains {
  const relays = new Map<string, Relay>(state?.relays.map((relay) => [relay.name, { ...relay }]));
  const hours: number[] = [...(state?.hours ?? [])];
  let count = state?.count ?? 0;

  /** Notes the count at the beginning of each hour, and gives the accounts a second since the first one that is kept. */
  const rateOfDay = (time: number, without: number): number => {
    const hour = Math.floor(time / 3600);
    if (hours.at(-2) !== hour) hours.push(hour, count);
    while ((hours[0] ?? 0) < hour - hoursKept) hours.splice(0, 2);
    const seconds = Math.max(3600, time - (hours[0] ?? hour) * 3600);
    return (Math.max(0, count - (hours[1] ?? 0) - without) + 1) / seconds;
  };

  return {
    add({ name, begin, end, pace }, window) {
      let last: Relay | undefined;
      let lastWindow = 0;
      let closeness = 0;
      for (const relay of relays.values()) {
        const after = Math.max(0, begin - relay.end);
        if (begin - relay.end < -overlap || relay.name === name) continue;
        const within = window(relay.pace);
        if (within === undefined || after > within) continue;
        const close = relay.closeness + 1 - after / within / 2;
        if (close <= closeness) continue;
        last = relay;
        lastWindow = within;
        closeness = close;
      }
      const relay: Relay = {
        ...{ name, begin, end, pace },
        place: count,
        closeness,
        length: (last?.length ?? 0) + 1,
        since: last?.since ?? begin,
        firstPlace: last?.firstPlace ?? count,
        windows: (last?.windows ?? 0) + lastWindow,
        members: [...(last?.members ?? []), name].slice(-mostMembers),
        campaign: last?.campaign ?? '',
      };
      count += 1;
      relays.delete(name);
      relays.set(name, relay);
      const oldest = relays.size > most ? relays.keys().next().value : undefined;
      if (oldest !== undefined) relays.delete(oldest);
      const { length } = relay;
      const others = count - relay.firstPlace - length;
      const rate = Math.max(rateOfDay(end, length), others / Math.max(1, end - relay.since));
      const chance = length < 2 ? 1 : 1 - Math.exp((-rate * relay.windows) / (length - 1));
      const expected =
        1 + (chance >= 1 ? length : Math.log(Math.max(2, others + length)) / -Math.log(chance));
      return { relay, expected, evidence: -(length - 1) * Math.log(chance) };
    },
    touch(name, time, pause) {
      const relay = relays.get(name);
      if (relay === undefined) return;
      if (time - relay.end > pause) relays.delete(name);
      else relay.end = time;
    },
    drop: (name) => void relays.delete(name),
    snapshot: () => ({ relays: [...relays.values()].map((one) => ({ ...one })), count, hours: [...hours] }),
  };
}
