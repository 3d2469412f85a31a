/**
 * The first and the last time that Firehose's Parquet writer can hold: it counts nanoseconds in 64 bits, and a time outside becomes
 * another one without a message (https://github.com/floci-io/floci/blob/main/docs/services/firehose.md has it from the service). A
 * transform has to fail such a record, which then lands among the errors and is adopted from there as it is.
 */
export const carriedTimes = {
  first: new Date('1677-09-21T00:12:43.146Z'),
  last: new Date('2262-04-11T23:47:16.854Z'),
} as const;
