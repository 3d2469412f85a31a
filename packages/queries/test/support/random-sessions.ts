import type { InferRow } from '@headwater/core';
import fc from 'fast-check';
import { event, type shop } from './shop.ts';

/** Sessions of up to 24 hours that begin from 2 to 6 March 2024, and events without a session. */
const session = fc.record({
  name: fc.boolean(),
  user: fc.integer({ min: 1, max: 4 }),
  start: fc.integer({ min: 0, max: 5 * 24 * 60 - 1 }),
  events: fc.array(
    fc.record({
      after: fc.integer({ min: 0, max: 24 * 60 - 1 }),
      action: fc.constantFrom('view', 'cart', 'remove_from_cart', 'purchase'),
      product: fc.integer({ min: 1, max: 4 }),
    }),
    { minLength: 1, maxLength: 5 },
  ),
});

/** Rows of the shop: of some such sessions. */
export const sessionRows = (most: number) =>
  fc.array(session, { minLength: 1, maxLength: most }).map((sessions) =>
    sessions.flatMap(({ name, user, start, events }, index): InferRow<typeof shop>[] =>
      events.map(({ after, action, product }) => ({
        ...event('02 00:00', action, product, user, name ? `s${index}` : null),
        event_time: new Date(Date.UTC(2024, 2, 2) + (start + after) * 60_000),
      })),
    ),
  );

/** Days that hold all of them. */
export const sessionDays = { from: '2024-03-01', to: '2024-03-09' };
