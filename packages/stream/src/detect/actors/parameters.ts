/** The parameters of detectors of actors. Times are in seconds where no other unit is named. */
export interface ActorParameters {
  readonly memory: {
    /** Actors with fewer rows than `knownAfter`, remembered at most. They push out each other alone. */
    readonly newcomers: number;
    /** Actors with more rows, remembered at most: about as many as a shop has in the hours between two rows of a slow monitor. */
    readonly known: number;
    /** Actors half way to a limit, remembered at most. */
    readonly suspects: number;
    /** Rows after which an actor is known. Most actors of a flood have one or two. */
    readonly knownAfter: number;
    /** How long an actor without a row is remembered: drops that a sniper waits for are days apart. */
    readonly lifetime: number;
    /** An actor is found again as the same kind at most so often, while it goes on. */
    readonly repeat: number;
    /** After a longer pause it does not go on: then it is found again after the time of `oneKind`. */
    readonly goesOn: number;
    /** For so long, an actor is found as one kind alone, the first, and as that only once unless it goes on. */
    readonly oneKind: number;
    /** The last rows of a suspect that are kept as evidence. */
    readonly evidence: number;
    /** Carts are judged so long after the last one: who buys them by then is a customer. A checkout takes minutes. */
    readonly checkout: number;
    /** They are judged at once when they are so many times the limit. */
    readonly certain: number;
    /** They are judged at the latest so long after the limit was reached. */
    readonly patience: number;
  };
  readonly scraper: {
    /** Different products: more than the longest search of a shopper, or a page of results in many tabs, three times. */
    readonly products: number;
    /** More products for each view of one that was seen before. A third of a shopper's views are that. */
    readonly perReturn: number;
    /** More products for each time that the page of a product is loaded again at once. */
    readonly perReload: number;
    /** More products for each cart that is not removed again. */
    readonly perCart: number;
    /** Products that are opened at once, in tabs or when a browser restores them, count nothing; so many of a visit at most. */
    readonly tabs: number;
    /** Different products that are enough when each is looked at long after the one before. */
    readonly slowProducts: number;
    /** The least gap before each of those. Four of five pauses of a shopper are shorter. */
    readonly slowGap: number;
    /** A longer pause ends the visit. */
    readonly pause: number;
  };
  readonly 'catalogue-walk': {
    /** Products in the order of ids, at the pace of a person: more than two pages of new arrivals. */
    readonly steps: number;
    /** The same, faster than a person reads. In no order, as few as 12 in a row come up once in 479 million. */
    readonly fastSteps: number;
    /** Seconds to read a page, on average. */
    readonly reading: number;
    /** A longer pause ends the list. */
    readonly pause: number;
  };
  readonly 'price-monitor': {
    /** Regular gaps in a row. */
    readonly gaps: number;
    /** Hours that they take together, of several products, sessions, or at a pace of seconds. */
    readonly hours: number;
    /** Hours of a forgotten tab: it may be left for a day. */
    readonly tabHours: number;
    /** Products that are reloaded side by side, and changes of the session, that a forgotten tab or two have. */
    readonly tabProducts: number;
    /** A tab that reloads sooner is a poll, whoever runs it. */
    readonly tabGap: number;
    /** How far a gap may be from the mean, as a share of it. */
    readonly deviation: number;
    /** Shorter gaps that do not fit are rows of one page, or of a list that is read at once. */
    readonly shortest: number;
    /** A longer pause is one to sleep. */
    readonly pause: number;
    /** Hours without such a pause, and without a cart: longer than a person is awake. */
    readonly awakeHours: number;
    /** The same where the products are many: people in shifts may share an account. */
    readonly shiftHours: number;
    /** Views in that time. */
    readonly awakeViews: number;
  };
  readonly replay: {
    /** Rows that agree in product and gap. */
    readonly rows: number;
    /** How far gaps may differ: networks delay requests by a second or so. */
    readonly tolerance: number;
    /** Shorter gaps agree by chance. */
    readonly shortest: number;
  };
  readonly 'cart-bombing': {
    /** Carts of the product before, or faster than a person reads. */
    readonly carts: number;
    /** What a cart of another product counts that follows at the pace of a person: it is put in from a list. */
    readonly listed: number;
    /** What a cart counts that follows a view of its product, or its removal. */
    readonly viewed: number;
    /** A cart sooner after the row before is faster than a person reads. */
    readonly reading: number;
    /** Seconds in which the lines of one form, or of a list that is bought again, are put in. */
    readonly form: number;
    /** The least share of carts among rows. */
    readonly share: number;
    /** A longer pause ends the visit. */
    readonly pause: number;
    /** A cart of the same product within this time is a client that got no answer. */
    readonly retry: number;
  };
  readonly hoarding: {
    /** Times that a product was held, removed and put in again. */
    readonly cycles: number;
    /** How long the product was in the cart: who changes a quantity or tries a coupon is faster. */
    readonly hold: number;
    /** A cart of the only product in the cart counts after this time: the cart has expired. */
    readonly expiry: number;
    /** A longer pause ends it. */
    readonly again: number;
  };
  readonly sniping: {
    /** Views of one product in a row before its purchase. */
    readonly polls: number;
    /** The longest gap between them. */
    readonly pace: number;
    /** The longest time from the row before, such as the cart, to the purchase. */
    readonly reaction: number;
    /** Such purchases of one actor. */
    readonly snipes: number;
  };
}

/** The name of a kind of suspicious actor, as in incidents. */
export type ActorKindName = Exclude<keyof ActorParameters, 'memory'>;

/** What detection looks for unless it is configured otherwise. */
export const defaultActorParameters: ActorParameters = {
  memory: {
    newcomers: 20_000,
    known: 40_000,
    suspects: 4_000,
    knownAfter: 4,
    lifetime: 7 * 86_400,
    repeat: 600,
    goesOn: 1_800,
    oneKind: 7 * 86_400,
    evidence: 5,
    checkout: 540,
    certain: 10,
    patience: 3_600,
  },
  scraper: {
    products: 70,
    perReturn: 3,
    perReload: 1,
    perCart: 20,
    tabs: 50,
    slowProducts: 50,
    slowGap: 60,
    pause: 7_200,
  },
  'catalogue-walk': { steps: 60, fastSteps: 30, reading: 4, pause: 3_600 },
  'price-monitor': {
    gaps: 20,
    hours: 2.5,
    tabHours: 36,
    tabProducts: 2,
    tabGap: 20,
    deviation: 0.4,
    shortest: 30,
    pause: 10_800,
    awakeHours: 36,
    shiftHours: 60,
    awakeViews: 60,
  },
  replay: { rows: 10, tolerance: 1, shortest: 5 },
  'cart-bombing': {
    carts: 6,
    listed: 0.1,
    viewed: 0.08,
    reading: 2,
    form: 5,
    share: 0.4,
    pause: 600,
    retry: 2,
  },
  hoarding: { cycles: 5, hold: 240, expiry: 300, again: 7_200 },
  sniping: { polls: 15, pace: 90, reaction: 5, snipes: 2 },
};

/** The least and the most of the parameters that are limits: what is seen is divided by them. */
export const actorParameterRanges: Readonly<Record<string, readonly [least: number, most: number]>> = {
  'memory.newcomers': [1, 10_000_000],
  'memory.known': [1, 10_000_000],
  'memory.suspects': [1, 1_000_000],
  'memory.knownAfter': [2, 100],
  'memory.evidence': [0, 20],
  'scraper.products': [5, 200],
  'memory.certain': [1, 100],
  'scraper.slowProducts': [5, 200],
  'catalogue-walk.steps': [5, 100_000],
  'catalogue-walk.fastSteps': [5, 100_000],
  'price-monitor.gaps': [5, 100_000],
  'price-monitor.hours': [0.25, 72],
  'price-monitor.tabHours': [0.25, 168],
  'price-monitor.shiftHours': [12, 168],
  'price-monitor.awakeHours': [12, 72],
  'price-monitor.awakeViews': [5, 100_000],
  'replay.rows': [4, 100_000],
  'cart-bombing.carts': [2, 100_000],
  'hoarding.cycles': [2, 100_000],
  'sniping.polls': [3, 100_000],
  'sniping.snipes': [1, 100],
};
