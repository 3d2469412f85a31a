import type { Pace } from '../schedule/pace.ts';

/** The products that a bot visits. */
export type BotTarget = 'crawl' | 'watchlist' | 'oneProduct' | 'cheapProduct';

/** One kind of automated visitor. */
export interface BotKind {
  readonly kind: string;
  /** Parts per hundred of all bot rows. */
  readonly part: number;
  readonly eventType: 'view' | 'cart' | 'purchase';
  readonly target: BotTarget;
  /** Rows of a session: the minimum, and the maximum number of additional rows. */
  readonly rows: readonly [number, number];
  readonly pace: Pace;
  /** The number of accounts that the kind uses. 0 means a new account for each session. */
  readonly accounts: number;
  /** `always`, or in bursts: single hours with pauses between them. */
  readonly when: 'always' | 'bursts';
}

/** The kinds of bots. A new kind is a new entry. */
export const botKinds = [
  {
    kind: 'scraper',
    part: 50,
    eventType: 'view',
    target: 'crawl',
    rows: [120, 600],
    pace: Int32Array.of(0, 1, 2, 2, 3),
    accounts: 6,
    when: 'always',
  },
  {
    kind: 'price_watcher',
    part: 14,
    eventType: 'view',
    target: 'watchlist',
    rows: [15, 30],
    pace: Int32Array.of(590, 600, 600, 600, 610),
    accounts: 12,
    when: 'always',
  },
  {
    kind: 'cart_flood',
    part: 14,
    eventType: 'cart',
    target: 'oneProduct',
    rows: [30, 170],
    pace: Int32Array.of(0, 0, 1, 1, 2),
    accounts: 0,
    when: 'bursts',
  },
  {
    kind: 'traffic_flood',
    part: 18,
    eventType: 'view',
    target: 'oneProduct',
    rows: [1, 2],
    pace: Int32Array.of(0, 0, 1, 1, 1),
    accounts: 0,
    when: 'bursts',
  },
  {
    kind: 'card_tester',
    part: 4,
    eventType: 'purchase',
    target: 'cheapProduct',
    rows: [4, 14],
    pace: Int32Array.of(2, 4, 6, 9, 15),
    accounts: 0,
    when: 'bursts',
  },
] as const satisfies readonly BotKind[];

/** The name of a kind of bot, as in labels. */
export type BotKindName = (typeof botKinds)[number]['kind'];

/** Ground truth about one session of a bot. Every session without a label belongs to a person. */
export interface BotLabel {
  readonly kind: BotKindName;
  readonly userId: string;
  readonly userSession: string;
  readonly rows: number;
  /** Seconds since 1970. */
  readonly firstSecond: number;
  readonly lastSecond: number;
}
