import type { ActorFeatures } from './actor-features.ts';
import type { BatchKind, BatchParameters } from './batch-parameters.ts';

/** What an actor is found as. */
export interface ActorVerdict {
  readonly kind: BatchKind;
  readonly seen: number;
  readonly expected: number;
}

/** Rows of a session, on average, where a browser keeps none: some pages are loaded twice. */
const rowsOfLost = 1.1;

type Rule = (features: ActorFeatures, parameters: BatchParameters) => ActorVerdict | undefined;

/** The rules in the order in which they are asked: an actor is found as one kind, the first. */
const rules: readonly Rule[] = [
  function replay({ repeats }, { replay: { sessions } }) {
    return repeats >= sessions ? { kind: 'replay', seen: repeats, expected: sessions } : undefined;
  },
  function hoarding({ cycles }, { hoarding: { cycles: most } }) {
    return cycles >= most ? { kind: 'hoarding', seen: cycles, expected: most } : undefined;
  },
  function priceMonitor(features, { 'price-monitor': { returns, even, hours, tabHours, tabProducts } }) {
    return features.returns >= returns &&
      features.evenReturns >= even &&
      features.hours >= (features.products <= tabProducts ? tabHours : hours) &&
      bought(features) === 0
      ? { kind: 'price-monitor', seen: features.returns, expected: returns }
      : undefined;
  },
  function credentialChurn(
    features,
    { 'credential-churn': { sessions, lostSessions, rows, switches, carts } },
  ) {
    const isLost = features.rows <= rowsOfLost * features.sessions;
    return features.sessionsInDay >= (isLost ? lostSessions : sessions) &&
      features.rows <= rows * features.sessions &&
      features.switches <= switches * features.sessions &&
      bought(features) <= carts
      ? { kind: 'credential-churn', seen: features.sessionsInDay, expected: sessions }
      : undefined;
  },
  function scraper(features, { scraper: { products, share, carts } }) {
    return features.products >= products &&
      features.products >= share * features.rows &&
      bought(features) <= carts
      ? { kind: 'scraper', seen: features.products, expected: products }
      : undefined;
  },
];

/** The share of rows by which people are told from programs. */
const bought = ({ rows, carts, purchases }: ActorFeatures): number => (carts + purchases) / rows;

/**
 * What an actor with these features is found as; undefined for one who may be a person.
 *
 * @param off kinds that are not reported
 */
export function judgeActor(
  features: ActorFeatures,
  parameters: BatchParameters,
  off: readonly string[] = [],
): ActorVerdict | undefined {
  for (const rule of rules) {
    const verdict = rule(features, parameters);
    if (verdict !== undefined && !off.includes(verdict.kind)) return verdict;
  }
  return undefined;
}
