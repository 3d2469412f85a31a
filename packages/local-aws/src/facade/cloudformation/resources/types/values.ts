import type { Properties } from '../resource-handler.ts';

/** The items of a list; none for anything else. */

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A value as the text of an attribute: texts as they are, everything else as JSON. */
export const jsonText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

/** Those of the named properties that are given. */
export const present = (properties: Properties, names: readonly string[]): Properties =>
  Object.fromEntries(
    names.filter((name) => properties[name] !== undefined).map((name) => [name, properties[name]]),
  );

/** Items of the first list that the second one does not have. */
export const without = <Item>(items: readonly Item[], others: readonly Item[]): Item[] =>
  items.filter((item) => !others.includes(item));
