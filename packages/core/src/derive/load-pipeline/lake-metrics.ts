/** The namespace of what loads say of themselves. */
export const lakeNamespace = 'Headwater/Lake';

/** Metrics that the state machine of a pipeline writes, with their dimensions `database` and `table`. */
export const lakeMetrics = {
  RowsIn: { unit: 'Count', meaning: 'Rows of the inputs of a commit' },
  RowsOut: { unit: 'Count', meaning: 'Rows that a commit added' },
  Duplicates: { unit: 'Count', meaning: 'Rows of the inputs that the lake had' },
  Quarantined: { unit: 'Count', meaning: 'Rows of the inputs that were rejected' },
  Filtered: { unit: 'Count', meaning: 'Rows of the inputs that conditions of the definition left out' },
  NewestEventAge: {
    unit: 'Seconds',
    meaning:
      'From the newest event of the days that a commit wrote to the end of its run. Later times than that are left out',
  },
  RepeatedRuns: { unit: 'Count', meaning: 'Runs of the job that failed and were repeated' },
} as const;

/** A metric that the state machine of a pipeline writes. */
export type LakeMetric = keyof typeof lakeMetrics;

/** The dimensions of the metrics of a table. */
export const lakeDimensions = (database: string, table: string): { Name: string; Value: string }[] => [
  { Name: 'database', Value: database },
  { Name: 'table', Value: table },
];
