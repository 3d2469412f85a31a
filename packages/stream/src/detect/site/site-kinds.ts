import { clickFloodWords } from './click-flood.ts';
import { distributedFloodWords } from './distributed-flood.ts';
import type { KindWords } from './judgement.ts';
import { outageWords } from './outage.ts';
import { slowRampWords } from './slow-ramp.ts';

/** What the figures of each kind mean: what `seen` counts, what is `expected`, and why that is no ordinary day. */
export const siteKindWords = {
  'click-flood': clickFloodWords,
  'distributed-flood': distributedFloodWords,
  'slow-ramp': slowRampWords,
  outage: outageWords,
} as const satisfies Readonly<Record<string, KindWords>>;

/** The name of a kind of incident of the site. */
export type SiteKindName = keyof typeof siteKindWords;

/** The names of the kinds. */
export const siteKindNames = Object.keys(siteKindWords) as readonly SiteKindName[];
