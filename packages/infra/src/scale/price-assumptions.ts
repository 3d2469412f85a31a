/** What a price is estimated by besides the numbers of the scale. An estimate says them, so that somebody with other figures can tell. */
export const assumed = {
  daysPerMonth: 30.4,
  hoursPerMonth: 730,
  /** Days of events that storage is paid for: the lake after its first year. */
  storedDays: 365,
  /** An event as JSON, on its way through the stream. */
  bytesPerRecord: 500,
  /** An event as a raw file that lands without a stream: as text. */
  bytesPerLandedEvent: 150,
  /** An event as Firehose lands it: Snappy Parquet. */
  bytesPerDeliveredEvent: 120,
  /** An event in the lake: Parquet, sorted and compressed by zstd. */
  bytesPerLakeEvent: 45,
  /** Firehose writes a file for each day in a buffer, every five minutes at the latest, and most buffers have two days at midnight only. */
  deliveredFilesPerDay: 300,
  filesPerLoad: 40,
  /** Seconds that a function works on a record, with its calls of DynamoDB. */
  secondsPerRecord: 0.002,
  /** Writes and reads of DynamoDB for an event: events of one session in a batch share one. */
  tableCallsPerEvent: 0.5,
  /** Bytes of live state: sessions, carts and counters of a day. */
  bytesPerLiveEvent: 200,
  messagesPerEvent: 0.0005,
  bytesLoggedPerCall: 1000,
  metricsPerFunction: 5,
  transitionsPerLoad: 20,
  /** Gigabytes of running storage of one KPU. */
  storagePerKpu: 50,
  /** A crawl or a job of DataBrew is billed for so many minutes. */
  jobMinutes: 10,
  crawlerDpus: 2,
  dataBrewNodes: 5,
  alarmMetrics: 70,
} as const;
