import type { AttackLevel } from '@headwater/simulator';

/** The least share of the attacks that a detector has to find at each level, and over the three. */
export const leastRecall: Readonly<Record<AttackLevel | 'all', number>> = {
  easy: 0.99,
  medium: 0.93,
  hard: 0.7,
  all: 0.9,
};

/** What else a detector has to keep to, over all kinds of incidents at once. The first three are per million events. */
export const detectionTargets = {
  falseActors: 50,
  falseSites: 5,
  opened: 400,
  leastPrecision: 0.75,
} as const;
