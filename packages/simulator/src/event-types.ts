/** Event types, indexed by `Simulation.type`. */
export const eventTypes = ['view', 'cart', 'remove_from_cart', 'purchase'] as const;

/** One of {@link eventTypes}. */
export type EventType = (typeof eventTypes)[number];
