import { type AccountRatesState, bandOf, bandsOf, createAccountRates } from './account-rates.ts';

/** A suspicious account, as the end of a chain of such accounts. Times are in seconds since 1970. */
export interface Relay {
  readonly name: string;
  readonly begin: number;
  /** The time of its last row so far. */
  end: number;
  /** Seconds between two of its rows. */
  readonly pace: number;
  /** How suspicious it is so far, from 0 to 3. */
  grade: number;
  /** How much likelier the chain up to it is if one hand moves it than if accounts come independently: ln of the ratio. */
  readonly evidence: number;
  /** The evidence when the chain was told last. */
  told: number;
  /** The number of accounts of the chain, and when the first of them began. */
  readonly length: number;
  readonly since: number;
  /** The band of the first of them, and the accounts of about that band before it. */
  readonly band: number;
  readonly earlier: number;
  /** The last accounts of the chain, itself included. */
  readonly members: readonly string[];
  /** Accounts of the chain that are left out of the usual rate. */
  leftOut: number;
  /** The campaign that it was found to be part of. */
  campaign: string;
}

/** Chains as plain data. */
export interface RelayChainsState {
  readonly relays: readonly Relay[];
  readonly rates: AccountRatesState;
}

/** What is known of a chain. */
export interface ChainEvidence {
  readonly relay: Relay;
  /** The longest chain that is likely by chance in a day. */
  readonly expected: number;
  /** -ln of the number of such chains that are expected by chance in a day. */
  readonly evidence: number;
}

/** How accounts of one hand follow each other. */
export interface RelayRule {
  /** How many times slower or faster than the one before an account may be. */
  readonly pace: number;
  /**
   * When the next account begins after one of a pace stopped: shares, which add up to 1, of those that begin within so many seconds, at
   * any time of them. The last one is the longest.
   */
  windows(pace: number): readonly (readonly [share: number, seconds: number])[];
  /** The share of accounts of one hand that have each grade. */
  readonly grades: readonly [number, number, number, number];
}

/** Accounts that are suspicious, and how they follow each other. */
export interface RelayChains {
  /** Adds a suspicious account to the chain that it follows best, of those whose last account stopped before it began. */
  add(account: Pick<Relay, 'name' | 'begin' | 'end' | 'pace' | 'grade'>): ChainEvidence;
  /** The account had a row. One that comes back after a longer pause than accounts of a chain make is no part of one. */
  touch(name: string, time: number, grade: number): void;
  /** The chain up to an account is told as one hand's. Its accounts say nothing about how many come otherwise. */
  tell(relay: Relay): void;
  /** Time has reached `time`, in seconds. */
  reach(time: number): void;
  /** The account did something that shows that it is no part of a chain. */
  drop(name: string): void;
  snapshot(): RelayChainsState;
}

/** Accounts that a next one may follow. */
const most = 512;
/** Names of a chain that are kept: once it is a campaign, that has all of them. */
const mostMembers = 50;
/** Rows of one second have no order. */
const overlap = 1;

/**
 * Finds chains of accounts, each of which begins soon after another one stopped.
 *
 * A link says how much denser accounts begin at that time after an account of a chain than otherwise: ln(density / rate), with the rate of
 * suspicious accounts of about that pace; and how much more usual the grade of the one before is among accounts of one hand. Where accounts come independently, the sum over all chains of the product of these ratios is
 * on average the number of accounts that a chain can begin with, whatever the densities. So chains with an evidence above that number's
 * logarithm by x are found by chance less than exp(-x) times a day.
 */
export function createRelayChains(
  { pace: factor, windows, grades }: RelayRule,
  state?: RelayChainsState,
): RelayChains {
  const relays = new Map<string, Relay>(state?.relays.map((relay) => [relay.name, { ...relay }]));
  const rates = createAccountRates(state?.rates);
  const apart = bandsOf(factor);
  const longest = (pace: number): number => windows(pace).at(-1)?.[1] ?? 0;

  /** Accounts a second that follow a relay by chance: those of the last day, the last hour, or the time of the chain. */
  const rateAfter = ({ pace, length, leftOut, since, band, earlier }: Relay, time: number): number =>
    Math.max(
      rates.rate(bandOf(pace), apart, time, { length: length - leftOut, since }),
      (rates.ever(band, apart) - earlier - length + leftOut) / Math.max(1, time - since),
    );

  const linkOf = (relay: Relay, after: number, time: number): number => {
    let density = 0;
    for (const [share, seconds] of windows(relay.pace)) if (after <= seconds) density += share / seconds;
    if (density === 0) return Number.NEGATIVE_INFINITY;
    const share = grades[relay.grade] ?? 0;
    const usual = rateAfter(relay, time) * rates.share(relay.grade, share);
    return Math.log((density * share) / usual);
  };

  return {
    add({ name, begin, end, pace, grade }) {
      const band = bandOf(pace);
      let last: Relay | undefined;
      let evidence = 0;
      for (const relay of relays.values()) {
        const after = Math.max(0, begin - relay.end);
        if (begin - relay.end < -overlap || Math.abs(bandOf(relay.pace) - band) > apart) continue;
        if (relay.name === name || after > longest(relay.pace)) continue;
        const sum = relay.evidence + linkOf(relay, after, end);
        if (sum <= evidence) continue;
        last = relay;
        evidence = sum;
      }
      const relay: Relay = {
        ...{ name, begin, end, pace, grade, evidence },
        told: last?.told ?? 0,
        length: (last?.length ?? 0) + 1,
        since: last?.since ?? begin,
        band: last?.band ?? band,
        earlier: last?.earlier ?? rates.ever(band, apart),
        members: [...(last?.members ?? []), name].slice(-mostMembers),
        leftOut: last?.leftOut ?? 0,
        campaign: last?.campaign ?? '',
      };
      rates.count(band, grade, end);
      relays.delete(name);
      relays.set(name, relay);
      const oldest = relays.size > most ? relays.keys().next().value : undefined;
      if (oldest !== undefined) relays.delete(oldest);
      const beginnings = Math.log(1 + rates.total);
      return {
        relay,
        expected: evidence > 0 ? 1 + (beginnings * (relay.length - 1)) / evidence : 1,
        evidence: evidence - beginnings,
      };
    },
    touch(name, time, grade) {
      const relay = relays.get(name);
      if (relay === undefined) return;
      if (time - relay.end > longest(relay.pace)) relays.delete(name);
      else relay.end = time;
      rates.regrade(relay.grade, grade);
      relay.grade = grade;
    },
    tell(relay) {
      relay.told = relay.evidence;
      const { length, leftOut, since, pace } = relay;
      rates.leaveOut(bandOf(pace), apart, length - leftOut, since);
      relay.leftOut = length;
    },
    reach: rates.reach,
    drop: (name) => void relays.delete(name),
    snapshot: () => ({ relays: [...relays.values()].map((one) => ({ ...one })), rates: rates.snapshot() }),
  };
}
