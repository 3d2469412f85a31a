import type { IncidentSubject } from '../alerts/finding.ts';

interface DetectionKindEntry {
  /** What it is, for people: the end of a sentence that begins with the subject. */
  readonly words: string;
  readonly subjects: readonly IncidentSubject[];
}

/** The kinds of incidents that detectors find. */
export const detectionKinds = {
  scraper: { words: 'reads product after product and puts none into a cart', subjects: ['actor'] },
  'catalogue-walk': { words: 'walks through the products in the order of their ids', subjects: ['actor'] },
  'price-monitor': { words: 'comes back to the same products like clockwork', subjects: ['actor'] },
  replay: { words: 'repeats a run of steps exactly', subjects: ['actor', 'session'] },
  'cart-bombing': { words: 'puts product after product into a cart and buys nothing', subjects: ['actor'] },
  hoarding: { words: 'keeps the same products in a cart, again and again', subjects: ['actor'] },
  sniping: { words: 'waits for a product and buys it at once', subjects: ['actor'] },
  'rotating-identities': {
    words: 'is one visitor who changes the identity every few rows',
    subjects: ['campaign'],
  },
  carding: { words: 'is a group of new accounts that make cheap purchases at once', subjects: ['campaign'] },
  'credential-churn': {
    words: 'is a group of accounts that strangers use in turn',
    subjects: ['campaign'],
  },
  'lockstep-ring': { words: 'is a group of accounts that do the same in step', subjects: ['campaign'] },
  'click-flood': {
    words: 'is looked at far more than usual, by visits that see nothing else and buy nothing',
    subjects: ['product'],
  },
  'distributed-flood': {
    words: 'has far more new visitors than usual, who leave at once',
    subjects: ['site'],
  },
  'slow-ramp': {
    words: 'has had more and more new visitors for hours, who leave at once',
    subjects: ['site'],
  },
  outage: { words: 'has far fewer visits than usual', subjects: ['site'] },
} as const satisfies Readonly<Record<string, DetectionKindEntry>>;

/** The name of a kind of incident that detectors find. */
export type DetectionKind = keyof typeof detectionKinds;
