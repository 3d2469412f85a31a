import { sparkCapacity } from '@headwater/core/internal';
import type { PlatformPart } from '../config/platform-part.ts';
import type { PlatformFacts } from '../platform-context.ts';
import { assumed } from './price-assumptions.ts';
import type { UnitPriceName } from './unit-prices.ts';

/** Units of a month that a part uses. */
export interface UsedUnits {
  readonly what: string;
  readonly price: UnitPriceName;
  readonly units: number;
}

interface PartPrice {
  readonly part: PlatformPart | 'lake';
  lines(facts: PlatformFacts): readonly UsedUnits[];
}

const [KB, GB, TB, million, thousand] = [1000, 1e9, 1e12, 1e6, 1000];
const { daysPerMonth, hoursPerMonth } = assumed;

/** Events of a month. */
const eventsOf = ({ infra, sizes }: PlatformFacts): number =>
  (infra.eventsPerDay ?? sizes.eventsPerDay) * daysPerMonth;

const gigabytes = (events: number, bytesPerEvent: number): number => (events * bytesPerEvent) / GB;

/** Events that are stored, after a year. */
const storedOf = (facts: PlatformFacts): number => (eventsOf(facts) / daysPerMonth) * assumed.storedDays;

/** Calls of one function: full batches, or as many as its waiting time allows on every shard. */
function callsOf(facts: PlatformFacts): number {
  const { functions, stream } = facts.sizes;
  const events = eventsOf(facts);
  const lanes = (stream.shards === 'on-demand' ? 4 : stream.shards) * functions.parallel;
  const inTime = (lanes * hoursPerMonth * 3600) / functions.batchSeconds;
  return Math.max(events / functions.batchSize, Math.min(events, inTime));
}

/** Functions that read the stream: sessions, alerts, detect and recommend. */
const readers = 4;

/** Those, the relay, the reminders and the transform. */
const functionCount = 7;

/** Unit-hours of what a schedule starts, where there is one: a run of a day for every table, each on so many DPUs or nodes. */
const scheduledHours = (schedule: string | undefined, tables: number, size: number): number =>
  schedule === undefined ? 0 : (tables * daysPerMonth * size * assumed.jobMinutes) / 60;

/** What each part uses. What is free, or free until somebody starts it, has no line. */
export const partPrices: readonly PartPrice[] = [
  {
    part: 'lake',
    lines(facts) {
      const { target, sizes } = facts;
      const landed = target.stream?.deliveryStream
        ? assumed.bytesPerDeliveredEvent
        : assumed.bytesPerLandedEvent;
      const loads = sizes.load.runsPerDay * daysPerMonth;
      return [
        {
          what: 'The lake, a year of events',
          price: 'storage',
          units: gigabytes(storedOf(facts), assumed.bytesPerLakeEvent),
        },
        {
          what: 'What landed, a year of events',
          price: 'storage',
          units: gigabytes(storedOf(facts), landed),
        },
        { what: 'Files of loads', price: 'put', units: (loads * assumed.filesPerLoad) / thousand },
      ];
    },
  },
  {
    part: 'catalog',
    lines: ({ sizes }) => [
      { what: 'Queries on Athena', price: 'scanned', units: sizes.queriedBytesPerMonth / TB },
    ],
  },
  {
    part: 'crawler',
    lines: ({ target, tables }) => [
      {
        what: 'Crawls by the schedule',
        price: 'dpu',
        units: scheduledHours(target.crawler?.schedule, tables.length, assumed.crawlerDpus),
      },
    ],
  },
  {
    part: 'dataBrew',
    lines: ({ target, tables }) => [
      {
        what: 'Jobs by the schedule',
        price: 'dataBrewNode',
        units: scheduledHours(target.dataBrew?.schedule, tables.length, assumed.dataBrewNodes),
      },
    ],
  },
  {
    part: 'load',
    lines(facts) {
      const runs = facts.sizes.load.runsPerDay * daysPerMonth;
      const inputBytes = Math.max(1, (eventsOf(facts) * assumed.bytesPerLandedEvent) / runs);
      return [
        { what: 'Spark jobs', price: 'dpu', units: runs * sparkCapacity({ inputBytes }).dpuHours },
        {
          what: 'Executions of the load',
          price: 'transition',
          units: (runs * assumed.transitionsPerLoad) / thousand,
        },
      ];
    },
  },
  {
    part: 'stream',
    lines(facts) {
      const { shards, retentionHours } = facts.sizes.stream;
      const events = eventsOf(facts);
      // On demand, a record counts as a whole number of KB.
      const carried = gigabytes(events, Math.ceil(assumed.bytesPerRecord / KB) * KB);
      const kept = Math.max(0, retentionHours - 24);
      const kinesis: UsedUnits[] =
        shards === 'on-demand'
          ? [
              { what: 'Stream', price: 'streamHour', units: hoursPerMonth },
              { what: 'Events in', price: 'streamIn', units: carried },
              {
                what: 'Events out, to functions and Firehose',
                price: 'streamOut',
                units: carried * (readers + 1),
              },
              { what: 'Events kept', price: 'streamKept', units: (carried * kept) / hoursPerMonth },
            ]
          : [
              { what: 'Stream', price: 'shardHour', units: shards * hoursPerMonth },
              { what: 'Events in', price: 'putUnit', units: events / million },
              ...(kept === 0
                ? []
                : [
                    {
                      what: 'Events kept',
                      price: 'shardHourExtended',
                      units: shards * hoursPerMonth,
                    } as const,
                  ]),
            ];
      if (facts.target.stream?.deliveryStream === undefined) return kinesis;
      const delivered = gigabytes(events, Math.ceil(assumed.bytesPerRecord / (5 * KB)) * 5 * KB);
      return [
        ...kinesis,
        { what: 'Firehose', price: 'delivered', units: delivered },
        { what: 'Firehose, to Parquet', price: 'converted', units: delivered },
        { what: 'Firehose, by day', price: 'partitioned', units: gigabytes(events, assumed.bytesPerRecord) },
        {
          what: 'Firehose, files',
          price: 'partitionedObject',
          units: (assumed.deliveredFilesPerDay * daysPerMonth) / thousand,
        },
      ];
    },
  },
  {
    part: 'functions',
    lines(facts) {
      const events = eventsOf(facts);
      const { memory } = facts.sizes.functions;
      const live = gigabytes(events / daysPerMonth, assumed.bytesPerLiveEvent);
      const tableCalls = (events * assumed.tableCallsPerEvent) / million;
      const calls = readers * callsOf(facts);
      return [
        { what: 'Calls of functions', price: 'call', units: calls / million },
        {
          what: 'Time of functions',
          price: 'compute',
          units: readers * events * assumed.secondsPerRecord * (memory / 1024),
        },
        { what: 'Writes of live sessions', price: 'tableWrite', units: tableCalls },
        { what: 'Reads of live sessions', price: 'tableRead', units: tableCalls },
        { what: 'Live sessions', price: 'tableStored', units: live },
        { what: 'Recovery of live sessions', price: 'tableBackup', units: live },
        {
          what: 'Incidents and reminders',
          price: 'message',
          units: (events * assumed.messagesPerEvent) / million,
        },
        { what: 'Logs of functions', price: 'logged', units: (calls * assumed.bytesLoggedPerCall) / GB },
        { what: 'Metrics of functions', price: 'metric', units: functionCount * assumed.metricsPerFunction },
      ];
    },
  },
  {
    part: 'flink',
    lines({ sizes: { flink } }) {
      const kpus = Math.ceil(flink.parallelism / flink.parallelismPerKpu);
      return [
        { what: 'KPUs, one of them for orchestration', price: 'kpu', units: (kpus + 1) * hoursPerMonth },
        { what: 'Running storage', price: 'kpuStorage', units: kpus * assumed.storagePerKpu },
      ];
    },
  },
  {
    part: 'quicksight',
    lines: ({ config: { quicksight } }) => [
      { what: 'Owners, each as one author', price: 'author', units: quicksight?.owners.length ?? 0 },
      { what: 'Viewers, each as one reader', price: 'reader', units: quicksight?.viewers?.length ?? 0 },
    ],
  },
  {
    part: 'watch',
    lines: () => [
      { what: 'Alarms', price: 'alarm', units: assumed.alarmMetrics },
      { what: 'Dashboard', price: 'dashboard', units: 1 },
    ],
  },
];
