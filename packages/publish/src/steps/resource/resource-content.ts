import { createHash } from 'node:crypto';
import type { Difference, DifferenceCause } from '../publish-step.ts';

/** The members of a resource, by the names of its API. */
export type Members = Readonly<Record<string, unknown>>;

/** A member of a resource that publishing keeps. */
export interface ResourceField {
  readonly member: string;
  /** In words, for the plan. Those of the members of a list for a list. */
  readonly what: string;
  /** Whether the service cannot change it. */
  readonly isFixed?: true;
  /** Whether the service fills it in: it is compared only where it is derived. */
  readonly hasDefault?: true;
}

/**
 * A value in one form whatever the order of its members. What is absent, false or empty makes no difference: services answer
 * defaults that nobody has set.
 */
function canonical(value: unknown): unknown {
  if (Array.isArray(value))
    return value.length === 0 ? undefined : value.map((item) => canonical(item) ?? null);
  if (typeof value !== 'object' || value === null)
    return value === null || value === false || value === '' ? undefined : value;
  const members = Object.entries(value)
    .map(([name, member]) => [name, canonical(member)] as const)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

/** A text for comparison. Undefined where there is no value. */
const textOf = (value: unknown): string | undefined => {
  const plain = canonical(value);
  return typeof plain === 'string' || plain === undefined ? plain : JSON.stringify(plain);
};

const digestOf = (value: unknown): string =>
  createHash('sha256')
    .update(textOf(value) ?? '')
    .digest('hex')
    .slice(0, 8);

/**
 * The record of what was published, short enough for a tag's value (256 characters): a digest of every field. By it a change by
 * others is told from a change of the definition.
 *
 * @example contentRecord(fields, job) // 'role:0b1c... outputs:9f3e...'
 */
export const contentRecord = (fields: readonly ResourceField[], members: Members): string =>
  fields.map(({ member, what }) => `${what.replaceAll(' ', '-')}:${digestOf(members[member])}`).join(' ');

const recorded = (record: string): Map<string, string> =>
  new Map(record.split(' ').map((entry) => entry.split(':') as [string, string]));

/** @returns the fields whose live value differs from ours */
export const changedFields = (
  fields: readonly ResourceField[],
  live: Members,
  ours: Members,
): readonly ResourceField[] =>
  fields.filter(({ member, hasDefault }) => {
    const wanted = textOf(ours[member]);
    return wanted === undefined && hasDefault ? false : wanted !== textOf(live[member]);
  });

/**
 * The differences of fields in words. Lists are compared item by item, and texts of several lines line by line.
 *
 * @param record what was published, as `contentRecord` wrote it
 */
export function fieldDifferences(
  fields: readonly ResourceField[],
  live: Members,
  ours: Members,
  record: string,
): Difference[] {
  const published = recorded(record);
  return fields.flatMap(({ member, what }) => {
    const before = published.get(what.replaceAll(' ', '-'));
    const isDrift = before !== undefined && before !== digestOf(live[member]);
    return valueDifferences(what, live[member], ours[member], isDrift ? 'drift' : 'change');
  });
}

const itemsOf = (value: unknown): readonly string[] | undefined => {
  if (typeof value === 'string' && value.includes('\n'))
    return value.split('\n').filter((line) => line.trim() !== '');
  return Array.isArray(value) ? value.map((item) => textOf(item) ?? '') : undefined;
};

function valueDifferences(what: string, live: unknown, ours: unknown, cause: DifferenceCause): Difference[] {
  const [before, after] = [itemsOf(live), itemsOf(ours)];
  if (!before || !after) return [{ what, was: textOf(live) ?? null, becomes: textOf(ours) ?? null, cause }];
  const items = [
    ...without(before, after).map((was): Difference => ({ what, was, becomes: null, cause })),
    ...without(after, before).map((becomes): Difference => ({ what, was: null, becomes, cause })),
  ];
  return items.length > 0
    ? items
    : [{ what: `order of ${what}`, was: before.join(', '), becomes: after.join(', '), cause }];
}

/** The items of a list that another one does not have, as often as it lacks them. */
function without(items: readonly string[], others: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const item of others) left.set(item, (left.get(item) ?? 0) + 1);
  return items.filter((item) => {
    const count = left.get(item) ?? 0;
    left.set(item, count - 1);
    return count <= 0;
  });
}
