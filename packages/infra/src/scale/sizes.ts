import type { Scale } from '../config/infra-config.ts';

/** The numbers of a scale. What a service has beyond them follows from the derivations, and is the same in every scale. */
export interface ScaleSizes {
  /** Events of a day that it is made for, in UTC days. A peak of ten times the mean fits as well. */
  readonly eventsPerDay: number;
  /** Days that every group of logs is kept. */
  readonly logDays: number;
  readonly stream: {
    /** Shards that are there whatever comes, or `on-demand`, where Kinesis adds them. */
    readonly shards: number | 'on-demand';
    /** Hours that records can be read again, 24 to 8760. */
    readonly retentionHours: number;
  };
  readonly functions: {
    /** MB. */
    readonly memory: number;
    /** Records of one call. */
    readonly batchSize: number;
    /** Seconds that a batch waits to be full. */
    readonly batchSeconds: number;
    /** Calls at once for each shard. Events of one actor stay in order. */
    readonly parallel: number;
    /** Calls of one function at once, over all shards. */
    readonly concurrency: number;
  };
  readonly flink: {
    readonly parallelism: number;
    /** Tasks of one KPU. */
    readonly parallelismPerKpu: number;
  };
  readonly load: {
    /** Bytes of the raw files of one run, uncompressed: the Spark job gets workers for them. */
    readonly bytesPerRun: number;
    /** Runs of a day, in which what landed becomes part of the lake. */
    readonly runsPerDay: number;
  };
  /** Bytes that one query on Athena may read, where the config has no `maxScan`. */
  readonly queryBytes: number;
  /** Bytes that all queries of a month are assumed to read, for the price. */
  readonly queriedBytesPerMonth: number;
}

const [MB, GB, TB] = [1_000_000, 1_000_000_000, 1_000_000_000_000];

/** The sizes of each scale. */
export const scaleSizes = {
  dev: {
    eventsPerDay: 100_000,
    logDays: 7,
    stream: { shards: 1, retentionHours: 24 },
    functions: { memory: 256, batchSize: 100, batchSeconds: 5, parallel: 1, concurrency: 5 },
    flink: { parallelism: 1, parallelismPerKpu: 1 },
    load: { bytesPerRun: 100 * MB, runsPerDay: 1 },
    queryBytes: 10 * GB,
    queriedBytesPerMonth: 100 * GB,
  },
  small: {
    eventsPerDay: 5_000_000,
    logDays: 30,
    stream: { shards: 2, retentionHours: 48 },
    functions: { memory: 512, batchSize: 500, batchSeconds: 2, parallel: 2, concurrency: 20 },
    flink: { parallelism: 2, parallelismPerKpu: 2 },
    load: { bytesPerRun: 2 * GB, runsPerDay: 4 },
    queryBytes: 100 * GB,
    queriedBytesPerMonth: 2 * TB,
  },
  large: {
    eventsPerDay: 100_000_000,
    logDays: 90,
    stream: { shards: 'on-demand', retentionHours: 168 },
    functions: { memory: 1024, batchSize: 1000, batchSeconds: 1, parallel: 5, concurrency: 200 },
    flink: { parallelism: 16, parallelismPerKpu: 2 },
    load: { bytesPerRun: 10 * GB, runsPerDay: 24 },
    queryBytes: 1 * TB,
    queriedBytesPerMonth: 40 * TB,
  },
} as const satisfies Readonly<Record<Scale, ScaleSizes>>;
