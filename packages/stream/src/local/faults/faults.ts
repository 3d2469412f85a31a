import type { PutEntry, PutResult, RecordSink } from '../../producer/record-sink.ts';
import type { StreamRecord } from '../../record/stream-record.ts';
import type { DeliveryHandler } from '../poller/delivery.ts';
import type { CheckpointStore } from '../stream/checkpoint.ts';
import type { LocalStream, ScheduledReshard } from '../stream/local-stream.ts';
import { serviceException } from '../stream/put-limits.ts';
import { assertFaultPlan, type FaultPlan, type InjectedFaults } from './fault-plan.ts';
import { createRandom, shareOf } from './random.ts';

/** The process of a consumer has ended, by a fault. */
export class InjectedCrash extends Error {
  override readonly name = 'InjectedCrash';
}

/** The faults of a plan, each put around what it befalls. */
export class Faults {
  readonly injected: InjectedFaults = {
    refusedRequests: 0,
    throttledRecords: 0,
    lostAnswers: 0,
    reorderedRequests: 0,
    crashesAfterWork: 0,
    crashesBeforeCheckpoint: 0,
    poisonDeliveries: 0,
  };
  private readonly plan: FaultPlan;

  /** @throws HeadwaterError OPTION_INVALID for a plan out of range */
  constructor(plan: FaultPlan) {
    assertFaultPlan(plan);
    this.plan = plan;
  }

  /** The splits and merges of the plan. Those that the shards do not allow are left out. */
  reshards(): ScheduledReshard[] {
    const { splits = [], merges = [] } = this.plan;
    return [
      ...splits.map((after) => ({ after, reshard: splitFirst })),
      ...merges.map((after) => ({ after, reshard: mergeLast })),
    ];
  }

  /** Whether no handler can process a record. It depends on what the record says, so its copies are the same. */
  isPoison({ data }: StreamRecord): boolean {
    const { poisonRecords = 0, seed } = this.plan;
    if (poisonRecords === 0) return false;
    return shareOf(typeof data === 'string' ? Buffer.from(data, 'base64') : data, seed) < poisonRecords;
  }

  /** A sink with the faults of putting. */
  sink(sink: RecordSink): RecordSink {
    const { refusedRequests = 0, reorderedRequests = 0 } = this.plan;
    const random = createRandom(this.plan.seed, 'sink');
    return {
      putRecords: async (entries, options) => {
        if (random() < refusedRequests) {
          this.injected.refusedRequests += 1;
          throw serviceException('ProvisionedThroughputExceededException', 'Rate exceeded, by a fault.');
        }
        const fates = entries.map(() => this.fateOf(random()));
        let order = [...entries.keys()].filter((index) => fates[index] !== 'throttled');
        if (random() < reorderedRequests) {
          this.injected.reorderedRequests += 1;
          order = shuffled(order, random);
        }
        const put =
          order.length > 0
            ? await sink.putRecords(
                order.map((index) => entries[index] as PutEntry),
                options,
              )
            : [];
        const results: PutResult[] = entries.map(() => throttled);
        for (const [at, index] of order.entries()) {
          const isLost = fates[index] === 'lost';
          if (isLost) this.injected.lostAnswers += 1;
          results[index] = isLost ? internalFailure : (put[at] as PutResult);
        }
        return results;
      },
    };
  }

  /** A handler with the faults of processing. */
  handler(name: string, handler: DeliveryHandler): DeliveryHandler {
    const { crashesAfterWork = 0 } = this.plan;
    const random = createRandom(this.plan.seed, `handler ${name}`);
    return async (delivery) => {
      const poison = delivery.records.findIndex((record) => this.isPoison(record));
      if (poison >= 0) {
        this.injected.poisonDeliveries += 1;
        // It dies at the record: what came before is done, and is not acknowledged.
        if (poison > 0) await handler({ ...delivery, records: delivery.records.slice(0, poison) });
        throw new Error('The handler cannot process this record, by a fault.');
      }
      const response = await handler(delivery);
      if (random() < crashesAfterWork) {
        this.injected.crashesAfterWork += 1;
        throw new Error('The handler failed after its work, by a fault.');
      }
      return response;
    };
  }

  /** Checkpoints before which the process may end. */
  checkpoints(name: string, store: CheckpointStore): CheckpointStore {
    const { crashesBeforeCheckpoint = 0 } = this.plan;
    const random = createRandom(this.plan.seed, `checkpoints ${name}`);
    return {
      get: (shard) => store.get(shard),
      set: async (shard, checkpoint) => {
        if (random() < crashesBeforeCheckpoint) {
          this.injected.crashesBeforeCheckpoint += 1;
          throw new InjectedCrash('The process ended before a checkpoint, by a fault.');
        }
        await store.set(shard, checkpoint);
      },
    };
  }

  private fateOf(chance: number): 'put' | 'throttled' | 'lost' {
    const { throttledRecords = 0, lostAnswers = 0 } = this.plan;
    if (chance < throttledRecords) {
      this.injected.throttledRecords += 1;
      return 'throttled';
    }
    return chance < throttledRecords + lostAnswers ? 'lost' : 'put';
  }
}

const throttled: PutResult = {
  errorCode: 'ProvisionedThroughputExceededException',
  errorMessage: 'Rate exceeded for the shard, by a fault.',
};
const internalFailure: PutResult = {
  errorCode: 'InternalFailure',
  errorMessage: 'Internal service failure, by a fault.',
};

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const left = [...items];
  for (let last = left.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [left[last], left[other]] = [left[other] as Item, left[last] as Item];
  }
  return left;
}

function splitFirst(stream: LocalStream): void {
  const [shard] = stream.openShards;
  if (shard !== undefined) stream.split(shard);
}

function mergeLast(stream: LocalStream): void {
  const [lower, upper] = stream.openShards.slice(-2);
  if (lower !== undefined && upper !== undefined) stream.merge(lower, upper);
}
