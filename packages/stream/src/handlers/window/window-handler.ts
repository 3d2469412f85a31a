import type { InferRow } from '@headwater/core';
import type { RecordTable } from '../../record/record-reader.ts';
import type { CarryStore } from '../../windows/carry-store.ts';
import type { Delivery, DeliveryOutcome } from '../delivery/delivery.ts';
import { createDeliveryHandler, type DeliveryOptions } from '../delivery/delivery-handler.ts';
import {
  type KinesisWindowEvent,
  type KinesisWindowResponse,
  parseKinesisWindowEvent,
} from '../envelope/kinesis-event.ts';
import { deliveredRecords } from '../envelope/kinesis-records.ts';
import type { LambdaContext } from '../envelope/lambda-context.ts';
import { packLargest, packState, unpackState, type WindowState } from './window-state.ts';

/** What a shard has in memory between deliveries. */
export interface ShardMemory {
  /** As plain data for JSON. A larger `smaller` leaves more out, of what matters least. */
  snapshot(smaller: number): unknown;
}

/** What a handler with state does. */
export interface WindowWork<Event, Memory extends ShardMemory> {
  /** The handler's name, as in poison records: `alerts`. */
  readonly handler: string;
  /** Makes the memory of a shard, from its last snapshot if there is one. */
  open(state: unknown): Memory;
  /**
   * Set where a part of the memory is enough to go on with, such as that of the most active actors. An instance then goes on with all that it
   * has in memory, and what is carried to the next window is as much as an item takes. Defaults to false: a state that is not whole replaces
   * the memory, so that counts do not depend on which instance goes on.
   */
  readonly isPartEnough?: boolean;
  /** Counts the events of a delivery, and does what follows. When it throws, the delivery is repeated with the state before it. */
  process(delivery: Delivery<Event>, memory: Memory, shard: string): Promise<DeliveryOutcome>;
}

/** Options of a handler with state. */
export interface WindowHandlerOptions extends DeliveryOptions {
  /** Carries what is not finished from one window of the service to the next. */
  readonly store: CarryStore;
}

/** Shards whose memory an instance keeps. A function has one instance for each shard, or a few. */
const mostWarm = 16;

/**
 * The part that handlers share which count over deliveries. The state of a shard is that of Lambda's tumbling window: Lambda stores it with the
 * checkpoint, so that a delivery that is repeated starts from the state before it, and counts once. It costs no request. The windows
 * of the service are those of arrival and end every few minutes; what is not finished then is carried to the next one in a
 * store, one write and one read for each. A shard that was split or merged begins without state.
 *
 * An instance goes on with what it has in memory while Lambda passes the state that it returned last, and else restores it.
 */
export function createWindowHandler<Table extends RecordTable, Memory extends ShardMemory>(
  table: Table,
  { handler, open, isPartEnough = false, process }: WindowWork<InferRow<Table>, Memory>,
  options: WindowHandlerOptions,
): (event: unknown, context: LambdaContext) => Promise<KinesisWindowResponse> {
  const { store, logger, now = Date.now } = options;
  const warm = new Map<string, { readonly stamp: string; readonly memory: Memory }>();
  /** How much of each shard's memory was left out of its last state. */
  const leftOut = new Map<string, number>();

  const deliver = createDeliveryHandler<Table, { readonly memory: Memory; readonly shard: string }>(
    table,
    { handler, process: (delivery, { memory, shard }) => process(delivery, memory, shard) },
    options,
  );

  async function memoryOf(shard: string, { state, window }: KinesisWindowEvent): Promise<[string, Memory]> {
    const known = isWindowState(state) ? state : await carried(shard, Date.parse(window.start));
    const kept = warm.get(shard);
    // What is in memory is about to change, and must not be taken for this state when the delivery is repeated.
    warm.delete(shard);
    const stamp = known?.stamp ?? '';
    return [stamp, known && kept?.stamp === stamp ? kept.memory : open(known?.memory)];
  }

  async function carried(shard: string, window: number): Promise<WindowState | undefined> {
    const found = await store.loadCarry(`${handler}/${shard}`, new Date(now()));
    return found && found.window <= window ? unpackState(found.state) : undefined;
  }

  return async (event, context) => {
    const parsed = parseKinesisWindowEvent(handler, event);
    const records = deliveredRecords(parsed);
    const stream = parsed.eventSourceARN ?? records[0]?.stream ?? '';
    const shard = `${stream.slice(stream.lastIndexOf('/') + 1)}/${parsed.shardId ?? records[0]?.shard ?? ''}`;
    const [before, memory] = await memoryOf(shard, parsed);
    const response = await deliver(records, context, { memory, shard });
    // The last record says where the state stands: the same on every instance.
    const stamp = records.at(-1)?.sequenceNumber ?? before;
    const snapshot = (smaller: number): unknown => memory.snapshot(smaller);
    // A little less may be left out than last time.
    const first = isPartEnough ? Math.max(0, (leftOut.get(shard) ?? 0) - 1) : 0;
    const packedState = packState(stamp, snapshot, first);
    const { state, isWhole } = packedState;
    if (isPartEnough) leftOut.set(shard, packedState.smaller);
    const isOver = parsed.isFinalInvokeForWindow || parsed.isWindowTerminatedEarly;
    if (isOver)
      await store.saveCarry(
        `${handler}/${shard}`,
        {
          window: Date.parse(parsed.window.start),
          state: isPartEnough && !isWhole ? packLargest(stamp, snapshot, packedState) : packedState.packed(),
        },
        new Date(now()),
      );
    if (!isWhole && !isPartEnough) logger?.warn('Counts were left out to make the state fit', { shard });
    else {
      warm.set(shard, { stamp, memory });
      if (warm.size > mostWarm) for (const oldest of warm.keys()) if (warm.delete(oldest)) break;
    }
    return { ...response, state: isOver ? {} : { ...state } };
  };
}

const isWindowState = (state: KinesisWindowEvent['state']): state is Record<string, unknown> & WindowState =>
  typeof state?.['stamp'] === 'string';
