// What runs a pipeline over Kinesis in place of a stream in this process.

export { type KinesisConnectionOptions, kinesisConnection } from './kinesis-connection.ts';
export { createKinesisShardReader, type KinesisShardReaderOptions } from './kinesis-shard-reader.ts';
