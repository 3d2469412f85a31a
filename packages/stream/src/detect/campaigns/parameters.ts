import type { ChainLimits } from './chain-campaign.ts';

/** What is remembered. */
export interface MemoryParameters {
  /** Actors whose latest rows are remembered. About 250 bytes each. */
  readonly actors: number;
  /** Seconds after its last row until an actor is forgotten, and new when it comes back. */
  readonly seconds: number;
  /** Cells of the sketch that counts views by product: 12 bytes each. Should exceed the number of products that are viewed in a day. */
  readonly productCells: number;
  /** Runs of products that are remembered, each by the first actor that had it. About 60 bytes each. */
  readonly runs: number;
}

/** When campaigns are told. */
export interface OpenCampaignParameters {
  /** Seconds without anything of a campaign after which it is over. */
  readonly quiet: number;
  /** Seconds until a campaign that goes on is told again. */
  readonly every: number;
  /** For so many seconds after it was over, a campaign is told again for new members alone. */
  readonly known: number;
}

/** What makes a chain of accounts one scraper. */
export interface RotatingIdentitiesParameters extends ChainLimits {
  /** Rows from which an account is judged. */
  readonly rows: number;
  /**
   * How much rarer than those that are usually viewed an account's products are: the mean of log2(usual views / views). Someone who
   * goes through the catalogue has about 2, a shopper 0.
   */
  readonly rarity: number;
  /** An account has to begin within this many of its own mean gaps after another one stopped. */
  readonly gaps: number;
  /** How many times slower or faster than the one before an account may be. */
  readonly pace: number;
  /** Seconds between two rows of an account, at most. With slower ones, chains among shoppers are likely. */
  readonly slowest: number;
  /** Views from which it is known which products are rare. */
  readonly views: number;
}

/** What makes accounts that buy something cheap at once a test of stolen cards. */
export interface CardingParameters extends ChainLimits {
  /** Purchases of an account. */
  readonly purchases: number;
  /** Rows among which an account's first purchase has to be. People look around first. */
  readonly rowsBefore: number;
  /** The share of views that are of cheaper products. A purchase below it is cheap. */
  readonly cheap: number;
  /** Seconds after one account stopped until the next one begins, at most. */
  readonly pause: number;
  /** How many times slower or faster than the one before an account may be. */
  readonly pace: number;
  /** Views from which it is known what is cheap. */
  readonly views: number;
}

/** What makes an account one that strangers use in turn. */
export interface CredentialChurnParameters {
  /** Sessions in a row, each after the end of the one before. */
  readonly sessions: number;
  /** The same where nearly each has one row: a browser that keeps no session begins one with each page of a visit. */
  readonly lostSessions: number;
  /** Rows of a session, at most. */
  readonly rows: number;
  /** Seconds of a session, at most. */
  readonly lasting: number;
  /** Seconds between two sessions, at most. A shop begins a session after half an hour of rest, or with a login. */
  readonly pause: number;
  /** The standard deviation of these pauses as a share of their mean, at most. */
  readonly spread: number;
  /** An account of a campaign begins within this many pauses after another one began or stopped, or before. */
  readonly pauses: number;
  /** How many times longer or shorter than another one's an account's pauses may be. */
  readonly pace: number;
}

/** What makes actors one script. */
export interface LockstepRingParameters {
  /** Seconds by which gaps that are taken for equal may differ. */
  readonly tolerance: number;
  /** Seconds that a run has to last at least: people who open a list in tabs have equal gaps too, of a second. */
  readonly lasting: number;
  /** Seconds between the first and the last actor. */
  readonly spread: number;
  /** Actors with the same run. */
  readonly members: number;
  /** How many times more than by chance there have to be. */
  readonly times: number;
  /** Seconds by which the gaps of people differ who are shown a list together, such as a class. */
  readonly together: number;
  /** The least share of actors with equal gaps among those whose gaps differ by no more than that. */
  readonly share: number;
}

/** The parameters of campaigns. */
export interface CampaignParameters {
  readonly memory: MemoryParameters;
  readonly incidents: OpenCampaignParameters;
  readonly rotatingIdentities: RotatingIdentitiesParameters;
  readonly carding: CardingParameters;
  readonly credentialChurn: CredentialChurnParameters;
  readonly lockstepRing: LockstepRingParameters;
}

/**
 * Found with simulated attackers of all levels: as sensitive as possible while ordinary shoppers, people who follow a newsletter and
 * buyers of a flash sale are left alone.
 */
export const defaultCampaignParameters: CampaignParameters = {
  // Campaigns need minutes between two rows of an actor, and an account that comes back tomorrow is not new in any sense that tells.
  memory: { actors: 50_000, seconds: 21_600, productCells: 65_536, runs: 32_768 },
  incidents: { quiet: 2700, every: 600, known: 604_800 },
  // Of shoppers, 2 % have four different products in a row that are so rare, and hardly one begins when another one has stopped.
  rotatingIdentities: {
    rows: 4,
    rarity: 1.2,
    gaps: 2.5,
    pace: 2,
    slowest: 30,
    members: 5,
    evidence: 9,
    views: 3000,
  },
  carding: {
    purchases: 2,
    rowsBefore: 2,
    cheap: 0.25,
    pause: 400,
    members: 3,
    pace: 2,
    evidence: 7,
    views: 2000,
  },
  // Families have two or three short sessions after one another; ten at one pace are a list of passwords.
  credentialChurn: {
    sessions: 10,
    lostSessions: 45,
    rows: 6,
    lasting: 120,
    pause: 900,
    spread: 0.5,
    pauses: 5,
    pace: 1.5,
  },
  lockstepRing: { tolerance: 2, lasting: 12, spread: 7200, members: 3, times: 3, together: 15, share: 0.5 },
};

/** The least and the most of parameters for which any number is not enough. */
export const campaignParameterRanges = {
  'memory.actors': [100, 10_000_000],
  'memory.seconds': [60, 604_800],
  'memory.productCells': [256, 16_777_216],
  'memory.runs': [256, 16_777_216],
  'rotatingIdentities.rows': [3, 1000],
  'rotatingIdentities.rarity': [0, 3],
  'rotatingIdentities.pace': [1, 100],
  'rotatingIdentities.members': [2, 200],
  'carding.purchases': [1, 1000],
  'carding.members': [2, 200],
  'credentialChurn.sessions': [3, 1000],
  'credentialChurn.lostSessions': [3, 1000],
  'credentialChurn.rows': [1, 1000],
  'credentialChurn.pace': [1, 100],
  'lockstepRing.members': [2, 200],
} as const satisfies Readonly<Record<string, readonly [least: number, most: number]>>;
