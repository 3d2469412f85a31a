import type { TableSchema } from '@headwater/core';
import type { EventRow } from '../../record/event-identity.ts';
import type { EventResult } from '../../record/record-result.ts';

/** Merges the events of shards, which are read at different paces, into the order of their time. */
export interface EventMerge {
  add(event: EventResult<EventRow>): void;
  /** Takes out the events until `time`, in the order of their time. */
  until(time: number): readonly EventResult<EventRow>[];
}

/** Events that wait at most. When there are more, the earlier half goes on, though a shard may have earlier ones still. */
const most = 100_000;

/** Creates a merge. */
export function createEventMerge({ roles, partitioning }: TableSchema): EventMerge {
  const column = roles.time ?? partitioning.time;
  const timeOf = ({ event }: EventResult<EventRow>): number => (event[column] as Date).getTime();
  let waiting: EventResult<EventRow>[] = [];
  return {
    add: (event) => void waiting.push(event),
    until(time) {
      const due: EventResult<EventRow>[] = [];
      const left: EventResult<EventRow>[] = [];
      for (const event of waiting) (timeOf(event) <= time ? due : left).push(event);
      waiting = left;
      if (left.length > most) {
        left.sort((one, other) => timeOf(one) - timeOf(other));
        due.push(...left.splice(0, left.length >> 1));
      }
      return due.sort((one, other) => timeOf(one) - timeOf(other));
    },
  };
}
