import { type Column, HeadwaterError, type TableSchema } from '@headwater/core';
import { readableText } from './readable-text.ts';

/** The JSON of a part of an event; undefined when all of it is null. */
type PartText = (event: Readonly<Record<string, unknown>>) => string | undefined;

/** The members of an object, by name: the text of a column, or another object. */
type Members = Map<string, PartText | Members>;

/**
 * Compiles a table to a function from an event to a JSON object, with each value where the definition reads it: under the name of its
 * column, or at its path. What is null is left out.
 *
 * @throws HeadwaterError `STREAM_UNSUPPORTED` for columns that cannot be written
 * @example
 * ```ts
 * createEventText(clickstream.schema)(event); // {"event_time":"2019-10-01T00:00:00.000Z","event_type":"view","price":33.20}
 * ```
 */
export function createEventText(schema: TableSchema): (event: Readonly<Record<string, unknown>>) => string {
  const members: Members = new Map();
  for (const column of schema.columns) place(members, column, schema.name);
  const text = objectText(members);
  return (event) => text(event) ?? '{}';
}

/** Puts the text of a column to its place. */
function place(members: Members, column: Column, table: string): void {
  const { name, path = [{ step: 'member', name }] } = column;
  const fail = (problem: string, fix: string): never => {
    throw new HeadwaterError('STREAM_UNSUPPORTED', { table, problem, fix });
  };
  const names = path.map((step) =>
    step.step === 'member'
      ? step.name
      : fail(
          `${name} is read from an element of a list`,
          'Read it from a member of an object, to send events',
        ),
  );
  const last = names.pop() ?? name;
  let object = members;
  for (const member of names) {
    const inner = object.get(member) ?? new Map();
    object.set(member, inner);
    object = inner instanceof Map ? inner : fail(...sharedPlace(name, member));
  }
  if (object.has(last)) fail(...sharedPlace(name, last));
  const valueText = readableText(table, column);
  object.set(last, (event) => {
    const value = event[name];
    return value === null || value === undefined ? undefined : valueText(value as never);
  });
}

const sharedPlace = (name: string, member: string): [problem: string, fix: string] => [
  `${name} is read from ${member}, where another column is read as well`,
  'Give one of them another path, so that an event has a place for both',
];

function objectText(members: Members): PartText {
  const parts = [...members].map(([name, part]) => ({
    member: `${JSON.stringify(name)}:`,
    text: part instanceof Map ? objectText(part) : part,
  }));
  return (event) => {
    let object = '';
    for (const { member, text } of parts) {
      const value = text(event);
      if (value !== undefined) object += `${object === '' ? '{' : ','}${member}${value}`;
    }
    return object === '' ? undefined : `${object}}`;
  };
}
