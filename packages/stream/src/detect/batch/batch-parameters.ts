/**
 * The parameters of the batch over a lake. A rule needs all of its conditions. They are set for what a stream in bounded memory does not
 * see: behaviour over days, long runs, and actors that it has forgotten.
 */
export interface BatchParameters {
  readonly runs: {
    /** Hours from one run to the next: 1, or another part of 24. */
    readonly every: number;
    /** Hours that each of these runs reads. */
    readonly hours: number;
    /** Days that each daily run reads, at the end of each UTC day. 0 leaves it out. */
    readonly days: number;
    /** Seconds after the end of an hour until a run: rows take as long to reach the lake. */
    readonly delay: number;
    /** Actors with fewer rows in a run are not looked at. */
    readonly rows: number;
  };
  readonly scraper: {
    /** Different products, over all of the run: more than a person looks at who comes back to none. */
    readonly products: number;
    /** The least share of rows that show a new product. Shoppers come back to a third of what they see. */
    readonly share: number;
    /** The largest share of carts and purchases. */
    readonly carts: number;
  };
  readonly 'price-monitor': {
    /** Returns to the same products. */
    readonly returns: number;
    /** The least share of returns whose gap is within a tenth of their median. */
    readonly even: number;
    /** Different hours with rows. */
    readonly hours: number;
    /** The same for so few products that they may be forgotten tabs, which reload for a day. */
    readonly tabHours: number;
    readonly tabProducts: number;
    /** Shorter gaps between two rows of a product, in seconds, are no return: pages are reloaded, and people compare. */
    readonly shortest: number;
  };
  readonly hoarding: {
    /** Times that one product was put into a cart and taken out, and never bought. */
    readonly cycles: number;
  };
  readonly replay: {
    /** Sessions with the same products in the same order. */
    readonly sessions: number;
    /** Rows of such a session. People repeat two or three steps. */
    readonly rows: number;
    /** Different products in it. */
    readonly products: number;
  };
  readonly 'credential-churn': {
    /** Sessions in one day. */
    readonly sessions: number;
    /** The same where each has one row: a browser that keeps no session begins one with each page. */
    readonly lostSessions: number;
    /** Rows of a session, on average, at most. */
    readonly rows: number;
    /** Changes of the session for each session, at most: people who share an account are in it at the same time. */
    readonly switches: number;
    /** The largest share of carts and purchases. */
    readonly carts: number;
  };
  readonly 'lockstep-ring': {
    /** Runs of three products that two actors have with equal gaps. */
    readonly runs: number;
    /** How far gaps may differ, in seconds: less than people differ in reading. */
    readonly tolerance: number;
    /** Actors of a ring. */
    readonly members: number;
    /** A run that more actors have is a list that was published. */
    readonly shared: number;
    /** Rows of a run are not further apart, in seconds. */
    readonly pause: number;
  };
}

/** The kinds that the batch finds. */
export type BatchKind = Exclude<keyof BatchParameters, 'runs'>;

/** Measured on simulated shops: see `npm run bench -- detection`. */
export const defaultBatchParameters: BatchParameters = {
  runs: { every: 1, hours: 24, days: 7, delay: 900, rows: 20 },
  scraper: { products: 100, share: 0.9, carts: 0.02 },
  'price-monitor': { returns: 20, even: 0.7, hours: 6, tabHours: 36, tabProducts: 2, shortest: 1800 },
  hoarding: { cycles: 8 },
  replay: { sessions: 4, rows: 6, products: 3 },
  'credential-churn': { sessions: 20, lostSessions: 45, rows: 4, switches: 1.05, carts: 0.02 },
  'lockstep-ring': { runs: 3, tolerance: 3, members: 3, shared: 50, pause: 600 },
};
