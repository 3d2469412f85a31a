import type { BotKindName } from './bots/bot-kinds.ts';
import { botKinds } from './bots/bot-kinds.ts';
import { type EventType, eventTypes } from './event-types.ts';
import type { CaseKindName } from './script/level-table.ts';
import { Simulation } from './simulation.ts';
import { planInputOf, type SimulationOptions } from './simulation-options.ts';
import { derivePlan } from './simulation-plan.ts';
import { uuidText } from './text/uuid-text.ts';

/** One row as an object. */
export interface SimulatedEvent {
  readonly event_time: Date;
  readonly event_type: EventType;
  readonly product_id: number;
  readonly category_id: bigint;
  readonly category_code: string | null;
  readonly brand: string | null;
  readonly price: number;
  readonly user_id: bigint;
  readonly user_session: string | null;
}

/** A row with its actor: ground truth for testing a detector. */
export interface LabelledEvent {
  readonly event: SimulatedEvent;
  readonly actor: 'shopper' | BotKindName | CaseKindName;
}

function eventOf(simulation: Simulation): SimulatedEvent {
  const { catalogue, product, slot, slots } = simulation;
  const category = catalogue.categories[catalogue.categoryOf[product] ?? 0];
  return {
    event_time: new Date(simulation.second * 1000),
    event_type: eventTypes[simulation.type] ?? 'view',
    product_id: catalogue.productIds[product] ?? 0,
    category_id: category?.id ?? 0n,
    category_code: category?.code || null,
    brand: catalogue.brands[product] || null,
    price: (simulation.prices.cents[product] ?? 0) / 100,
    user_id: BigInt(simulation.userIds.textOf(slots.user[slot] ?? 0)),
    user_session: uuidText(slots.uuid, slot) || null,
  };
}

/**
 * The rows of a run as objects, one at a time, in the order of their time. They are the same rows that `simulateToFile` writes
 * with the same options, without dirt.
 *
 * @throws HeadwaterError SIMULATION_INVALID when an option is out of range
 *
 * @example
 * ```ts
 * for (const event of simulateRows({ events: 1_000, days: 1, start: '2019-10-01', seed: 1 })) send(event);
 * ```
 */
export function* simulateRows(options: SimulationOptions): Generator<SimulatedEvent, void, undefined> {
  for (const { event } of simulateLabelledRows(options)) yield event;
}

/** Like {@link simulateRows}, with the actor of each row. */
export function* simulateLabelledRows(options: SimulationOptions): Generator<LabelledEvent, void, undefined> {
  const simulation = new Simulation(derivePlan(planInputOf(options)));
  while (simulation.advance()) {
    const stream = simulation.slots.stream[simulation.slot] ?? 0;
    yield {
      event: eventOf(simulation),
      actor: simulation.caseKind ?? botKinds[stream - 2]?.kind ?? 'shopper',
    };
  }
}
