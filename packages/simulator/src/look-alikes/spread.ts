import type { Random } from '../random/random.ts';

/** Seconds since the beginning of a spike, which is highest at once and fades over `duration` seconds. */
export function fadingDelay(random: Random, duration: number): number {
  return Math.floor((random.below(duration) * random.below(0x1_0000)) / 0x1_0000);
}
