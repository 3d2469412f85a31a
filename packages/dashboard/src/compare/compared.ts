import type { ChartAnswer } from '../chart/chart-answer.ts';

/** An answer, and the answer to the same question over the range that it is compared with. */
export interface Compared {
  readonly now: ChartAnswer;
  readonly before?: ChartAnswer | undefined;
}
