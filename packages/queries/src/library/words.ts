// Sentences that several definitions share.

/** What an event without an actor is, where all is about actors. */
export const noActors = 'They are of nobody, and are left out.';

/** What a session is. */
export const sessionWords =
  'A session is the events of one id, 24 hours at most and ended by 24 hours without an event, unless the table says otherwise; events ' +
  'that exceed it count as events without a session.';

/** How a session is broken down by what its events are about. */
export const sessionsByPart =
  'By category, brand or product, a session counts for each one that it has an event of, by its events of that one alone, in the ' +
  "period of the session's first event of any kind; by hour or weekday, it counts in that of its first event.";

/** How an order is broken down by what was bought. */
export const ordersByPart =
  'By category, brand or product, an order counts for each one that it has a purchase event of, in the period of its first ' +
  'purchase event of any kind.';

/** What an order is, where a table says so. */
export const orderWords =
  'On a table with order ids, an order is all purchase events with one id instead, which are within 24 hours; a purchase event without ' +
  'an id is in no order.';

/** What an amount is. */
export const amountWords =
  "The amount of an event is that of its row, times its quantity where the table's amount is per unit.";
