import type { SimulatedEvent } from '@headwater/simulator';

type Members = readonly (readonly [string, string])[];

/** The members of an event as JSON. */
const membersOf = (event: SimulatedEvent): Members =>
  Object.entries(event).map(([name, value]) => [
    JSON.stringify(name),
    typeof value === 'bigint' ? String(value) : JSON.stringify(value),
  ]);

const objectOf = (members: Members, colon: string, comma: string): string =>
  `{${members.map(([name, value]) => name + colon + value).join(comma)}}`;

/** How producers write the same event. */
export const recordForms = {
  /** As `JSON.stringify` does. */
  compact: (event) => objectOf(membersOf(event), ':', ','),
  /** As `json.dumps` of Python does. */
  spaced: (event) => objectOf(membersOf(event), ': ', ', '),
  /** With text beyond ASCII. */
  'not ASCII': (event) => objectOf(membersOf({ ...event, brand: `${event.brand ?? ''}é` }), ':', ','),
  /** With an object that the table does not read. */
  nested: (event) =>
    objectOf([...membersOf(event), ['"context"', '{"page":{"path":"/p/1"},"ids":[1,2,3]}']], ':', ','),
} satisfies Readonly<Record<string, (event: SimulatedEvent) => string>>;
