import { mix32 } from '../random/random.ts';
import type { BotKind } from './bot-kinds.ts';

/** The number of rows of session `index` of a kind, before the kind's budget shortens the last session. */
export function botSessionRows(kind: BotKind, seed: number, stream: number, index: number): number {
  const [least, more] = kind.rows;
  return least + (mix32(seed, index, 500 + stream) % (more + 1));
}

/** Hour weights of a kind: equal for all hours, or about one hour in thirty and at least one in a run. */
export function botHourWeights(kind: BotKind, seed: number, stream: number, hours: number): Float64Array {
  if (kind.when === 'always') return new Float64Array(hours).fill(1);
  const weights = Float64Array.from({ length: hours }, (_, hour) =>
    mix32(seed, hour, 700 + stream) % 30 === 0 ? 1 : 0,
  );
  if (!weights.includes(1)) weights[mix32(seed, hours, 700 + stream) % hours] = 1;
  return weights;
}
