import type { SessionEvent } from './session-event.ts';
import type { DeliveredEvent, SessionRules, StateKey } from './session-rules.ts';

/** The events of one state, and the records that they came from. */
export interface KeyedEvents {
  readonly key: StateKey;
  readonly events: SessionEvent[];
  readonly sequenceNumbers: string[];
}

/** The name of a state: no two keys have the same. */
export const stateName = ({ kind, text }: StateKey): string => `${kind}:${text}`;

/** Groups delivered events by the state that they belong to, in the order of the delivery. */
export function groupByKey(
  rules: SessionRules,
  delivered: readonly DeliveredEvent[],
): ReadonlyMap<string, KeyedEvents> {
  const groups = new Map<string, KeyedEvents>();
  for (const one of delivered) {
    const { key, event } = rules.read(one);
    const name = stateName(key);
    const group = groups.get(name);
    if (group) {
      group.events.push(event);
      group.sequenceNumbers.push(one.sequenceNumber);
    } else groups.set(name, { key, events: [event], sequenceNumbers: [one.sequenceNumber] });
  }
  return groups;
}
