/**
 * USD for a DPU-hour by execution class, in us-east-1 and most other regions (https://aws.amazon.com/glue/pricing/). Glue bills by the
 * second, and at least one minute of a run.
 */
export const gluePrices = { STANDARD: 0.44, FLEX: 0.29 } as const;

/** How a job gets its workers: at once, or when Glue has some to spare, for less. */
export type GlueExecutionClass = keyof typeof gluePrices;

/** USD for the seconds of DPUs that a run used. */
export const glueDollars = (dpuSeconds: number, executionClass: GlueExecutionClass = 'STANDARD'): number =>
  (dpuSeconds / 3600) * gluePrices[executionClass];
