/** How the rows of a minute are counted. */
export interface CountingParameters {
  /** Rows up to which a visit is short. 3: four in ten visits of people are longer. */
  readonly shortRows: number;
  /** Seconds below which a visit is short whatever its rows. 60: people need that for four pages, and a flood that waits is a small one. */
  readonly shortSeconds: number;
  /** Minutes without a row after which a visit is over. 30, as in sessions of web analytics. */
  readonly visitPause: number;
  /** Visits that are remembered at once, 18 bytes each. 65,536 are the visits of half an hour at 36 a second. */
  readonly openVisits: number;
  /** Bits of each of two filters of clients that were seen. One holds a tenth as many clients; it should hold those of a week. */
  readonly clientBits: number;
  /** Products that are counted within a minute: any with one in 64 of the rows is among them. */
  readonly countedProducts: number;
  /** The busiest products of a minute that the judge sees. */
  readonly productsPerMinute: number;
  /** Names of newcomers that are kept of a minute, for the members of an incident. */
  readonly membersPerMinute: number;
}

/** What is usual, from earlier days. */
export interface BandParameters {
  /** Days that are remembered. 28: four of each weekday. */
  readonly days: number;
  /** Minutes before and after the time of day that count as the same time. 30: visits of an hour are many enough for a rate. */
  readonly around: number;
  /** Days after which a day is compared with the same weekday, too. */
  readonly weekdaysAfter: number;
  /** Hours that a minute waits before it is learned, so that it can still be found to be part of a flood. */
  readonly hold: number;
  /** Days in a row without anything to learn from after which an unusual level is learned as the new one. */
  readonly relearnAfter: number;
  /** Hours in which nothing is said that needs a band. */
  readonly coldStart: number;
  /** Visits a minute of newcomers that are a flood before there is a band. */
  readonly coldNewcomers: number;
  /** Part of newcomers whose visits are not short, before there is a band. */
  readonly coldStayed: number;
}

/** Many short visits of clients that were never seen. */
export interface DistributedFloodParameters {
  /** Minutes that are judged together. 10: most people who stay have shown it by then. */
  readonly window: number;
  /** How many times the usual newcomers. */
  readonly times: number;
  /** Newcomers beyond the usual that a window must have at least. */
  readonly least: number;
  /** Newcomers who stayed, as a part of the usual share, up to which a crowd may be one of bots. */
  readonly stayed: number;
  /**
   * Those who stayed beyond the usual number, as a part of what would have stayed of such a crowd, from which it has people in it. 0.17:
   * of an advertisement whose visitors leave after a page in seven of ten cases it is above 0.2, of bots on a busy day about 0.1.
   */
  readonly joined: number;
}

/** Short visits of clients that were never seen, which become more for hours. */
export interface SlowRampParameters {
  /** How many times the usual newcomers are still a good day. */
  readonly slack: number;
  /** How many times the usual newcomers are looked for. */
  readonly times: number;
  /** The limit of the cumulative sum: the log of the odds of a ramp against a good day. */
  readonly limit: number;
  /** Minutes since the sum left 0 before something is said. */
  readonly least: number;
  /** Newcomers beyond the usual since then. */
  readonly leastNewcomers: number;
  /** As for distributed floods. */
  readonly stayed: number;
  /** As for distributed floods. */
  readonly joined: number;
}

/** Far fewer visits than usual. */
export interface OutageParameters {
  /** The part of the usual visits that is still a bad day. */
  readonly slack: number;
  /** The part of the usual visits that is looked for. */
  readonly part: number;
  /** The limit of the cumulative sum: the log of the odds of an outage against a bad day. */
  readonly limit: number;
  /** Minutes since the sum left 0 before something is said. */
  readonly least: number;
}

/** Views of one product by visits that look at nothing else. */
export interface ClickFloodParameters {
  /** Minutes that are judged together. */
  readonly window: number;
  /** Views that a window must have at least. */
  readonly least: number;
  /** How many times the usual views of the product. */
  readonly times: number;
  /** How many times the usual views of the shop's most viewed product. */
  readonly timesTop: number;
  /** Carts and purchases of the last hour, as a part of the usual share of views, up to which views are not those of people. */
  readonly bought: number;
  /** Carts and purchases that people would have made with as many views: with fewer, none is chance. */
  readonly leastBought: number;
  /** The part of the views that is from visits which looked at nothing else until then. */
  readonly alone: number;
  /** Visits that go on to other products, as a part of those that began with this one, where they load it again and again. */
  readonly wentOn: number;
  /** Views of a visit from which it loads the product again and again. 2: people look once, and some of them twice. */
  readonly loads: number;
  /** As `wentOn`, where they look once. 0.03: of a crowd that a link brings, 4 in 100 and more go on, even if four of five leave at once. */
  readonly wentOnOnce: number;
  /** Products whose usual views are remembered. */
  readonly knownProducts: number;
}

/** The parameters of the kinds of the site. Counts are of rows or visits, times as their names say. */
export interface SiteParameters {
  readonly counting: CountingParameters;
  readonly band: BandParameters;
  readonly distributedFlood: DistributedFloodParameters;
  readonly slowRamp: SlowRampParameters;
  readonly outage: OutageParameters;
  readonly clickFlood: ClickFloodParameters;
}

/** What fits shops from a visit a minute to a thousand a second. */
export const defaultSiteParameters: SiteParameters = {
  counting: {
    shortRows: 3,
    shortSeconds: 60,
    visitPause: 30,
    openVisits: 65_536,
    clientBits: 1_048_576,
    countedProducts: 64,
    productsPerMinute: 20,
    membersPerMinute: 20,
  },
  band: {
    days: 28,
    around: 30,
    weekdaysAfter: 14,
    hold: 6,
    relearnAfter: 7,
    coldStart: 24,
    coldNewcomers: 600,
    coldStayed: 0.35,
  },
  distributedFlood: { window: 10, times: 3, least: 30, stayed: 0.6, joined: 0.17 },
  slowRamp: { slack: 1.5, times: 3, limit: 10, least: 30, leastNewcomers: 30, stayed: 0.6, joined: 0.17 },
  outage: { slack: 0.75, part: 0.3, limit: 8, least: 5 },
  clickFlood: {
    window: 15,
    least: 60,
    times: 5,
    timesTop: 2,
    bought: 0.25,
    leastBought: 5,
    alone: 0.8,
    wentOn: 0.25,
    loads: 2,
    wentOnOnce: 0.03,
    knownProducts: 500,
  },
};

/**
 * What parameters may be, where that is not what their defaults suggest. Windows end where products and members of minutes are no longer
 * kept, and a band that knows no time before and after would take the opening of a shop for a flood.
 */
export const siteParameterRanges = {
  'counting.shortRows': [1, 100],
  'counting.visitPause': [1, 1440],
  'counting.openVisits': [64, 16_777_216],
  'counting.clientBits': [1024, 2_147_483_648],
  'counting.countedProducts': [8, 4096],
  'counting.productsPerMinute': [1, 1000],
  'band.days': [2, 60],
  'band.around': [15, 120],
  'band.hold': [1, 20],
  'band.relearnAfter': [1, 60],
  'band.coldStart': [24, 336],
  'distributedFlood.window': [5, 30],
  'distributedFlood.times': [1.1, 100],
  'slowRamp.slack': [1, 10],
  'slowRamp.times': [1.1, 100],
  'slowRamp.limit': [1, 1000],
  'outage.slack': [0.05, 1],
  'outage.part': [0.01, 0.95],
  'outage.limit': [1, 1000],
  'clickFlood.window': [5, 60],
  'clickFlood.loads': [1, 100],
  'clickFlood.times': [1.1, 1000],
} as const satisfies Readonly<Record<string, readonly [least: number, most: number]>>;
