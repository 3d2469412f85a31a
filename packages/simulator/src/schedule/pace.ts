/** Quantiles of the seconds between two events of a session, at 32 equal steps. */
export type Pace = Int32Array;

/**
 * The pace of people: half of all events follow within half a minute, and a few after a long pause. The minimum is a second,
 * because two equal views in one second would be an additional duplicate.
 */
export const shopperPace: Pace = Int32Array.of(
  1,
  4,
  6,
  8,
  9,
  11,
  12,
  14,
  15,
  17,
  18,
  20,
  22,
  24,
  26,
  28,
  31,
  34,
  37,
  41,
  45,
  50,
  56,
  63,
  72,
  83,
  98,
  118,
  147,
  195,
  290,
  620,
  9000,
);
