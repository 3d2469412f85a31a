import type { Incident } from '../../alerts/incident.ts';
import type { DetectionKind } from '../detection-kinds.ts';
import {
  above,
  below,
  capacityOf,
  carriesOneOf,
  pathHasOneOf,
  visible,
  type WafAction,
  type WafKey,
  type WafRule,
  type WafRuleGroup,
  type WafStatement,
} from './waf-rule.ts';

/** The parts of a shop's site that rules are limited to. */
export type WafPlace = 'item' | 'cart' | 'purchase' | 'login';

/** How fast actors are who were not found: of each, the rows of its busiest five minutes. */
export interface UsualRates {
  readonly actors: number;
  /** One of a thousand has more. */
  readonly high: number;
}

/** What suggestions know of the site. */
export interface WafOptions {
  /** The name of the table: rules are called after it. */
  readonly table: string;
  /** Where a request carries the id of its actor. */
  readonly key: WafKey;
  /** The beginnings of paths, such as `{ cart: '/cart' }`. A rule without a path holds for the whole site. */
  readonly paths?: Partial<Readonly<Record<WafPlace, string>>> | undefined;
  readonly usual?: UsualRates | undefined;
  /** Defaults to `REGIONAL`. */
  readonly scope?: WafRuleGroup['Scope'] | undefined;
}

/** A rule that would have blunted some of the incidents. */
export interface WafSuggestion {
  readonly rule: WafRule;
  /** What the rule is meant to do, once it has counted for a while: in place of its `Count`. */
  readonly action: WafAction;
  readonly reason: string;
  /** What has to be true on the site for the rule to work. */
  readonly needs: readonly string[];
  /** Whom it hits besides. */
  readonly alsoHits: string;
  /** The ids of the incidents that it comes from. */
  readonly incidents: readonly string[];
}

/** Suggestions, and all of them as one rule group. */
export interface WafSuggestions {
  readonly suggestions: readonly WafSuggestion[];
  /** The input of CreateRuleGroup; null without suggestions. */
  readonly ruleGroup: WafRuleGroup | null;
}

interface Draft {
  readonly name: string;
  readonly kinds: readonly DetectionKind[];
  /** Which of them the rule would have met. Absent: all. */
  meets?(incident: Incident, limit: number): boolean;
  /** The statement; undefined where these incidents give none. */
  statement(incidents: readonly Incident[], options: WafOptions): WafStatement | undefined;
  readonly action: WafAction;
  readonly reason: string;
  needs(options: WafOptions): readonly string[];
  alsoHits(options: WafOptions): string;
}

/** The least limit that WAF takes. */
const leastLimit = 10;
/** People behind one address: a household, an office. */
const peopleOfAddress = 5;
/** Ids in a rule at most; the latest are taken. */
const mostIds = 1000;

const needsKey = ({ key }: WafOptions): string =>
  `The ${key.in} ${key.name} of each request has the id of the actor, as it is in the events, and clients cannot choose it`;
const needsPath = (place: WafPlace, { paths }: WafOptions): string[] =>
  paths?.[place] === undefined
    ? [`The path of ${place} requests is not known, so the rule holds for the whole site: give its beginning`]
    : [];
const scopeOf = (place: WafPlace, { paths }: WafOptions): WafStatement | undefined => {
  const path = paths?.[place];
  return path === undefined ? undefined : below(path);
};

/** Rows of five minutes that few actors exceed who were not found. */
const actorLimit = ({ usual }: WafOptions, incidents: readonly Incident[]): number =>
  Math.max(leastLimit, Math.ceil(usual?.high ?? Math.min(...incidents.map(rateOf)) / 2));
const rateOf = ({ seen, window_s: seconds }: Incident): number => (seen * 300) / Math.max(300, seconds);
/** A digest stands for ids that identify a person. No request carries it. */
const idsOf = (incidents: readonly Incident[]): readonly string[] =>
  [...new Set(incidents.flatMap(({ actors }) => actors))]
    .filter((id) => !id.startsWith('sha256:'))
    .slice(-mostIds);

const drafts: readonly Draft[] = [
  {
    name: 'found-actors',
    kinds: [
      ...([
        'scraper',
        'catalogue-walk',
        'price-monitor',
        'replay',
        'cart-bombing',
        'hoarding',
        'sniping',
      ] as const),
      ...(['rotating-identities', 'carding', 'credential-churn', 'lockstep-ring'] as const),
    ],
    statement: (incidents, { key }) => carriesOneOf(idsOf(incidents), key),
    action: 'Block',
    reason: 'Stops the actors that were found, however slow they are. Renew it with each run: ids change',
    needs: (options) => [needsKey(options)],
    alsoHits: () =>
      'The customers of accounts that were taken over. Take an id out when its incident has been closed for a day',
  },
  {
    name: 'fast-actors',
    kinds: ['scraper', 'catalogue-walk', 'cart-bombing'],
    meets: (incident, limit) => rateOf(incident) > limit,
    statement: (incidents, options) => above(actorLimit(options, incidents), options.key, undefined),
    action: 'Challenge',
    reason: 'Slows down actors that are faster than nearly all others, also those that come tomorrow',
    needs: (options) => [needsKey(options), 'A row of the table is about one request'],
    alsoHits: ({ usual }) =>
      usual === undefined
        ? 'Not measured: count first'
        : `Of ${usual.actors} actors that were not found, about one in 1,000 was as fast at least once`,
  },
  {
    name: 'changing-identities',
    kinds: ['rotating-identities'],
    statement: (incidents, options) =>
      above(peopleOfAddress * actorLimit(options, incidents), undefined, scopeOf('item', options)),
    action: 'Challenge',
    reason: 'Counts by address, since the identity changes every few rows',
    needs: (options) => needsPath('item', options),
    alsoHits: () => 'Large offices and mobile networks, where many customers share an address',
  },
  {
    name: 'card-tests',
    kinds: ['carding'],
    statement: (_, options) => above(leastLimit, undefined, scopeOf('purchase', options)),
    action: 'Captcha',
    reason: 'Nobody pays more than ten times in five minutes from one address; who tests cards does',
    needs: (options) => needsPath('purchase', options),
    alsoHits: () => 'Offices that order one after the other',
  },
  {
    name: 'sign-ins',
    kinds: ['credential-churn'],
    statement: (_, options) => above(leastLimit, undefined, scopeOf('login', options)),
    action: 'Captcha',
    reason: 'Accounts are signed in to one after the other from the same machine',
    needs: (options) => needsPath('login', options),
    alsoHits: () => 'Large offices and mobile networks at the beginning of a sale',
  },
  {
    name: 'flooded-products',
    kinds: ['click-flood'],
    statement: (incidents) => pathHasOneOf(incidents.map(({ subject }) => subject).slice(-mostIds)),
    action: 'Challenge',
    reason: 'Lets browsers pass and stops programs, on the pages of the flooded products alone',
    needs: () => ['The id of a product is a part of the path of its page'],
    alsoHits: () => 'Search engines and apps that run no script: except those that you know',
  },
  {
    name: 'flooded-site',
    kinds: ['distributed-flood', 'slow-ramp'],
    statement: (_, options) => below(options.paths?.item ?? '/'),
    action: 'Challenge',
    reason:
      'Every client of such a flood comes once or twice, so no rate finds it. Browsers pass the challenge silently. For the time of a flood',
    needs: (options) => needsPath('item', options),
    alsoHits: () => 'Search engines and apps that run no script: except those that you know',
  },
];

/**
 * Suggests rules of AWS WAF that would have blunted incidents. They are data: nothing is applied. Each rule counts at first
 * (https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-testing.html), and says what it is meant to do then.
 *
 * Events hold no addresses, so rules go by the id of the actor, where requests carry it, or by the address that WAF sees itself.
 *
 * @param incidents as they were told; of several states of one the last counts
 * @example suggestWafRules(incidents, { table: 'clickstream', key: { in: 'cookie', name: 'uid' } }).ruleGroup
 */
export function suggestWafRules(incidents: readonly Incident[], options: WafOptions): WafSuggestions {
  const latest = [...new Map(incidents.map((one) => [one.incident, one])).values()];
  const suggestions: WafSuggestion[] = [];
  for (const { name, kinds, meets = () => true, statement, action, reason, needs, alsoHits } of drafts) {
    const ofKinds = latest.filter(({ kind }) => kinds.some((one) => one === kind));
    const limit = actorLimit(options, ofKinds);
    const own = ofKinds.filter((one) => meets(one, limit));
    const made = own.length === 0 ? undefined : statement(own, options);
    if (made === undefined) continue;
    const ruleName = `headwater-${options.table}-${name}`;
    suggestions.push({
      rule: {
        Name: ruleName,
        Priority: suggestions.length,
        Statement: made,
        Action: { Count: {} },
        VisibilityConfig: visible(ruleName),
      },
      action,
      reason,
      needs: needs(options),
      alsoHits: alsoHits(options),
      incidents: own.map(({ incident }) => incident),
    });
  }
  return { suggestions, ruleGroup: suggestions.length === 0 ? null : groupOf(suggestions, options) };
}

function groupOf(
  suggestions: readonly WafSuggestion[],
  { table, scope = 'REGIONAL' }: WafOptions,
): WafRuleGroup {
  const name = `headwater-${table}`;
  return {
    Name: name,
    Scope: scope,
    Capacity: suggestions.reduce((sum, { rule }) => sum + capacityOf(rule.Statement), 0),
    Description: `Suggested for incidents of ${table}. Every rule counts, none blocks`,
    Rules: suggestions.map(({ rule }) => rule),
    VisibilityConfig: visible(name),
  };
}
