import { unitPrices } from '@headwater/infra/prices';
import { type CostLine, costLine } from './cost-line.ts';
import type { StreamUse } from './stream-use.ts';

const [GB, million] = [1e9, 1e6];
const freeRetention = 24;
const putUnitBytes = 25_000;

const modeNote = 'shards, mode and retention are those of now';

/**
 * What a stream, its delivery, its functions and its table cost.
 *
 * Put units are of 25 KB of one record, and CloudWatch has the sums of bytes and records alone: units are at least the records, and at least the bytes
 * in units, which is exact for records below 25 KB.
 */
export function streamCost(use: StreamUse): CostLine[] {
  return [
    ...(use.mode === 'ON_DEMAND' ? onDemand(use) : provisioned(use)),
    ...delivery(use),
    ...use.functions.flatMap(({ name, calls, milliseconds, megabytes }) => [
      costLine(
        { part: 'functions' as const, what: `Calls of ${name}`, units: calls / million },
        unitPrices.call,
      ),
      costLine(
        {
          part: 'functions' as const,
          what: `Memory of ${name} while it runs`,
          units: (milliseconds / 1000) * (megabytes / 1024),
          basis: 'estimated' as const,
          note: `with ${megabytes} MB, those of the plan`,
        },
        unitPrices.compute,
      ),
    ]),
    ...(use.tableReads + use.tableWrites > 0
      ? [
          costLine(
            {
              part: 'functions' as const,
              what: 'Writes of the table of live sessions',
              units: use.tableWrites / million,
            },
            unitPrices.tableWrite,
          ),
          costLine(
            {
              part: 'functions' as const,
              what: 'Reads of the table of live sessions',
              units: use.tableReads / million,
            },
            unitPrices.tableRead,
          ),
        ]
      : []),
  ];
}

function provisioned({ stream, shards, hours, retentionHours, bytesIn, recordsIn }: StreamUse): CostLine[] {
  const shardHours = shards * hours;
  return [
    costLine(
      { part: 'stream', what: `Shards of ${stream}`, units: shardHours, basis: 'estimated', note: modeNote },
      unitPrices.shardHour,
    ),
    ...(retentionHours > freeRetention
      ? [
          costLine(
            {
              part: 'stream' as const,
              what: `Retention of ${stream} beyond 24 h`,
              units: shardHours,
              basis: 'estimated' as const,
              note: modeNote,
            },
            unitPrices.shardHourExtended,
          ),
        ]
      : []),
    costLine(
      {
        part: 'stream',
        what: `Records into ${stream}`,
        units: Math.max(recordsIn, bytesIn / putUnitBytes) / million,
      },
      unitPrices.putUnit,
    ),
  ];
}

/** On demand, a record counts as a whole number of KB, and CloudWatch has sums alone. */
const wholeKilobytes = (bytes: number, records: number): number => Math.max(bytes, records * 1000);

function onDemand({ stream, hours, retentionHours, bytesIn, recordsIn, bytesOut }: StreamUse): CostLine[] {
  const carried = wholeKilobytes(bytesIn, recordsIn) / GB;
  const kept = Math.max(0, retentionHours - freeRetention);
  return [
    costLine(
      { part: 'stream', what: `Hours of ${stream}`, units: hours, basis: 'estimated', note: modeNote },
      unitPrices.streamHour,
    ),
    costLine(
      {
        part: 'stream',
        what: `Bytes into ${stream}`,
        units: carried,
        basis: 'estimated',
        note: 'each record counts as 1 KB at least',
      },
      unitPrices.streamIn,
    ),
    costLine({ part: 'stream', what: `Bytes out of ${stream}`, units: bytesOut / GB }, unitPrices.streamOut),
    ...(kept > 0 && hours > 0
      ? [
          costLine(
            {
              part: 'stream' as const,
              what: `Retention of ${stream} beyond 24 h`,
              units: (carried * kept) / hours,
              basis: 'estimated' as const,
              note: modeNote,
            },
            unitPrices.streamKept,
          ),
        ]
      : []),
  ];
}

/** What Firehose bills: what comes in, each record as 5 KB at least, its conversion, and its folders by day. */
function delivery({ stream, readBytes, readRecords }: StreamUse): CostLine[] {
  if (readBytes === 0) return [];
  const units = Math.max(readBytes, readRecords * 5000) / GB;
  const least = {
    part: 'stream',
    units,
    basis: 'estimated',
    note: 'each record counts as 5 KB at least, and CloudWatch has sums alone',
  } as const;
  return [
    costLine({ ...least, what: `Firehose of ${stream}` }, unitPrices.delivered),
    costLine({ ...least, what: `Firehose of ${stream}, to Parquet` }, unitPrices.converted),
    costLine(
      { part: 'stream', what: `Firehose of ${stream}, by day`, units: readBytes / GB },
      unitPrices.partitioned,
    ),
  ];
}
