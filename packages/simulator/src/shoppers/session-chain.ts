import { type Intent, stateNames } from './intents.ts';

/** The state that ends a session; the states below it each emit one row. */
export const endState = stateNames.indexOf('end');

const cartState = stateNames.indexOf('cart');
/** The number of rows in 1,024 that are written twice. Real copies have about 0.3 % exact duplicates. */
const duplicatesIn1024 = 3;

/** Converts parts per thousand to thresholds for a 32-bit draw. */
const thresholdsOf = (parts: readonly number[], whole: number): Float64Array => {
  let sum = 0;
  return Float64Array.from(parts, (part) => {
    sum += part;
    return (sum / whole) * 0x1_0000_0000;
  });
};

const placeOf = (thresholds: Float64Array, from: number, draw: number): number => {
  let place = from;
  while (draw >= (thresholds[place] ?? Number.POSITIVE_INFINITY)) place++;
  return place - from;
};

/**
 * Walks the Markov chain of a session. The walk depends only on the session's key, so that the planner can count a session's
 * rows and the simulation can replay the same session later. One object is reused for all sessions: load, step, save.
 */
export class SessionChain {
  /** The generator's state: 32 bits, so that a million open sessions need little memory. */
  word = 0;
  intent = 0;
  state = endState;
  /** Whether the row of the current state is written twice. */
  duplicate = false;
  private readonly shares: Float64Array;
  private readonly starts: Float64Array;
  private readonly steps: Float64Array;

  constructor(intents: readonly Intent[]) {
    const total = intents.reduce((sum, intent) => sum + intent.share, 0);
    this.shares = thresholdsOf(
      intents.map((intent) => intent.share),
      total,
    );
    this.starts = Float64Array.from(intents, (intent) => (intent.startsInCart / 1000) * 0x1_0000_0000);
    this.steps = new Float64Array(intents.length * 36);
    for (const [index, intent] of intents.entries()) {
      const rows = [intent.view, intent.viewWithCart, intent.cart, intent.remove, intent.purchase];
      for (const [state, row] of rows.entries())
        this.steps.set(thresholdsOf(row, 1000), index * 36 + state * 6);
    }
  }

  /** Begins the session of `key`, a 32-bit integer, in its first state. */
  begin(key: number): void {
    this.word = key | 0;
    this.intent = placeOf(this.shares, 0, this.draw());
    const draw = this.draw();
    this.state = draw < (this.starts[this.intent] ?? 0) ? cartState : 0;
    this.duplicate = (draw & 1023) < duplicatesIn1024;
  }

  /** Moves to the next state, which may be {@link endState}. */
  step(): void {
    const draw = this.draw();
    this.state = placeOf(this.steps, this.intent * 36 + this.state * 6, draw);
    this.duplicate = (draw & 1023) < duplicatesIn1024;
  }

  /** The number of rows of the session with the key `key`. */
  countRows(key: number): number {
    let rows = 0;
    for (this.begin(key); this.state !== endState; this.step()) rows += this.duplicate ? 2 : 1;
    return rows;
  }

  /** mulberry32, by Tommy Ettinger: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
  private draw(): number {
    this.word = (this.word + 0x6d2b79f5) | 0;
    let t = Math.imul(this.word ^ (this.word >>> 15), this.word | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  }
}
