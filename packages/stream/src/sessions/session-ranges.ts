import type { SessionOptions } from './session-rules.ts';

/** The least and the most that each setting of live sessions may be. A definition may narrow them. */
export const sessionRanges = {
  endsAfterSeconds: [1, 86_400],
  retentionSeconds: [60, 400 * 86_400],
  countsSeconds: [3600, 400 * 86_400],
  mostEvents: [16, 4000],
} as const satisfies Readonly<
  Record<keyof Omit<SessionOptions, 'needs'>, readonly [least: number, most: number]>
>;
