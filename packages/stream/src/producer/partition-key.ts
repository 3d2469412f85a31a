import { createHash } from 'node:crypto';
import { HeadwaterError, type TableSchema } from '@headwater/core';
import { serviceLimits } from './service-limits.ts';

/** Keys of events without an actor, which belong to nobody's session: enough to spread over the shards. */
const spareKeys = 1000;

/**
 * The partition key of an event: the text of its actor, or of its session where the table has no actor, so that the events of one are in
 * one shard, in their order. A key that Kinesis does not take, empty or longer than 256 characters, is replaced by its SHA-256. Events
 * without an actor are spread over the shards.
 *
 * @param given another key, in place of the actor
 * @param random from 0 to below 1
 * @throws HeadwaterError `OPTION_INVALID` for a table without either, unless a key is given
 */
export function partitionKeyOf<Row>(
  { name, roles }: TableSchema,
  given: ((event: Row) => string) | undefined,
  random: () => number,
): (event: Row) => string {
  const column = roles.actor ?? roles.session;
  if (given) return (event) => keyOf(String(given(event)));
  if (column === undefined)
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'partitionKey',
      value: 'undefined',
      expected: `a function from an event to a text, because ${name} has no column with the role actor or session`,
    });
  return (event) => {
    const value: unknown = (event as Readonly<Record<string, unknown>>)[column];
    if (value === null || value === undefined) return `none-${Math.floor(random() * spareKeys)}`;
    return keyOf(value instanceof Date ? value.toISOString() : String(value));
  };
}

function keyOf(text: string): string {
  return text === '' || text.length > serviceLimits.partitionKey
    ? createHash('sha256').update(text).digest('hex')
    : text;
}
