/** What AWS asks for one unit. */
export interface UnitPrice {
  /** US dollars, without tax, beyond free tiers, and before discounts of volume. */
  readonly dollars: number;
  /** What one unit is. */
  readonly unit: string;
  /** The page of AWS to compare it with. */
  readonly source: string;
}

/**
 * The region of the prices below, and the day on which they were stated. They were not read from the linked pages: compare them before a decision
 * rests on them. Other regions ask more or less; Frankfurt about a tenth more.
 */
export const priceBasis = { region: 'us-east-1', date: '2026-11-28' } as const;

const aws = (path: string): string => `https://aws.amazon.com/${path}/pricing/`;

/** The unit prices of everything that the platform uses, in {@link priceBasis}. */
export const unitPrices = {
  storage: { dollars: 0.023, unit: 'GB-month', source: aws('s3') },
  put: { dollars: 0.005, unit: '1,000 puts', source: aws('s3') },
  shardHour: { dollars: 0.015, unit: 'shard-hour', source: aws('kinesis/data-streams') },
  shardHourExtended: {
    dollars: 0.02,
    unit: 'shard-hour beyond 24 h of retention',
    source: aws('kinesis/data-streams'),
  },
  putUnit: { dollars: 0.014, unit: 'million units of 25 KB', source: aws('kinesis/data-streams') },
  streamHour: { dollars: 0.04, unit: 'stream-hour on demand', source: aws('kinesis/data-streams') },
  streamIn: { dollars: 0.08, unit: 'GB in, on demand', source: aws('kinesis/data-streams') },
  streamOut: { dollars: 0.04, unit: 'GB out, on demand', source: aws('kinesis/data-streams') },
  streamKept: { dollars: 0.1, unit: 'GB-month beyond 24 h, on demand', source: aws('kinesis/data-streams') },
  delivered: { dollars: 0.029, unit: 'GB of records, each rounded up to 5 KB', source: aws('firehose') },
  converted: { dollars: 0.018, unit: 'GB converted to Parquet', source: aws('firehose') },
  partitioned: { dollars: 0.02, unit: 'GB partitioned', source: aws('firehose') },
  partitionedObject: { dollars: 0.005, unit: '1,000 objects of partitions', source: aws('firehose') },
  call: { dollars: 0.2, unit: 'million calls of functions', source: aws('lambda') },
  compute: { dollars: 0.000_013_333_4, unit: 'GB-second on Arm', source: aws('lambda') },
  tableWrite: { dollars: 0.625, unit: 'million writes of 1 KB', source: aws('dynamodb/on-demand') },
  tableRead: { dollars: 0.125, unit: 'million reads of 4 KB', source: aws('dynamodb/on-demand') },
  tableStored: { dollars: 0.25, unit: 'GB-month', source: aws('dynamodb/on-demand') },
  tableBackup: {
    dollars: 0.2,
    unit: 'GB-month of point-in-time recovery',
    source: aws('dynamodb/on-demand'),
  },
  kpu: { dollars: 0.11, unit: 'KPU-hour', source: aws('managed-service-apache-flink') },
  kpuStorage: {
    dollars: 0.1,
    unit: 'GB-month of running storage',
    source: aws('managed-service-apache-flink'),
  },
  dpu: { dollars: 0.44, unit: 'DPU-hour', source: aws('glue') },
  dataBrewNode: { dollars: 0.48, unit: 'node-hour', source: aws('glue') },
  scanned: { dollars: 5, unit: 'TB read', source: aws('athena') },
  transition: { dollars: 0.025, unit: '1,000 state transitions', source: aws('step-functions') },
  message: { dollars: 0.5, unit: 'million messages', source: aws('sns') },
  logged: { dollars: 0.5, unit: 'GB of logs', source: aws('cloudwatch') },
  metric: { dollars: 0.3, unit: 'metric-month', source: aws('cloudwatch') },
  alarm: { dollars: 0.1, unit: 'metric of an alarm, a month', source: aws('cloudwatch') },
  dashboard: { dollars: 3, unit: 'dashboard-month', source: aws('cloudwatch') },
  author: { dollars: 24, unit: 'author, a month', source: aws('quick/quicksight') },
  reader: { dollars: 3, unit: 'reader, a month', source: aws('quick/quicksight') },
} as const satisfies Readonly<Record<string, UnitPrice>>;

/** The name of a unit price. */
export type UnitPriceName = keyof typeof unitPrices;
