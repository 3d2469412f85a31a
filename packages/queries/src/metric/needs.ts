import type { RoleName, TableSchema } from '@headwater/core';
import { hasRole, tableActions } from '@headwater/core/internal';
import { type Measure, partsOf } from './measure.ts';

/** Something that a table has or lacks: a role, or an action by its name, as in `action:cart`. */
export type Need = RoleName | `action:${string}`;

/** What a measure needs: one of each list. */
export type Needs = readonly (readonly Need[])[];

/** What each measure needs, by its name; a measure that every table has is not among them. */
export type MeasureNeeds = Readonly<Record<string, readonly (readonly Need[])[]>>;

type Own<One> = One extends { readonly needs: infer Lists extends Needs } ? Lists[number] : never;

/** The measures that one measure is computed of. */
type PartNames<One> =
  | (One extends { readonly numerator: infer Name; readonly denominator: infer Other } ? Name | Other : never)
  | (One extends { readonly minuend: infer Name; readonly subtrahend: infer Other } ? Name | Other : never);

/** What each measure needs, with what its parts need. */
export type NeedsOf<Measures> = {
  readonly [Name in keyof Measures]: readonly (
    | Own<Measures[Name]>
    | Own<Measures[PartNames<Measures[Name]> & keyof Measures]>
  )[];
};

/** One of the lists of which a table has nothing; never when it has something of each. */
type LackedList<List, Has> = List extends readonly (infer One)[]
  ? [Extract<One, Has>] extends [never]
    ? List
    : never
  : never;

/** The measures that an answer leaves out, because the table lacks what they need. `Has` is what it has. */
export type LeftOut<All extends MeasureNeeds, Has> = {
  [Name in keyof All]: [LackedList<All[Name][number], Has>] extends [never] ? never : Name;
}[keyof All];

/** What each measure needs, as {@link NeedsOf} types it. */
export const needsOf = (measures: Readonly<Record<string, Measure>>): MeasureNeeds =>
  Object.fromEntries(Object.keys(measures).map((name) => [name, listsOf(name, measures)]));

function listsOf(name: string, measures: Readonly<Record<string, Measure>>): Needs {
  const one = measures[name];
  if (!one) return [];
  return [...(one.needs ?? []), ...partsOf(one).flatMap((part) => listsOf(part, measures))];
}

const actionPrefix = 'action:';

/** The action that a need names; undefined for a role. */
export const actionOfNeed = (need: Need): string | undefined =>
  need.startsWith(actionPrefix) ? need.slice(actionPrefix.length) : undefined;

/** The actions among needs, by name. */
export const actionsIn = (needs: readonly Need[]): string[] =>
  needs.flatMap((need) => actionOfNeed(need) ?? []);

/** The roles among needs. */
export const rolesIn = (needs: readonly Need[]): RoleName[] =>
  needs.filter((need): need is RoleName => actionOfNeed(need) === undefined);

/** Whether a table has a role or an action. */
function hasNeed(schema: TableSchema, need: Need): boolean {
  const action = actionOfNeed(need);
  return action === undefined ? hasRole(schema, need as RoleName) : tableActions(schema).has(action);
}

/** The lists of which a table has nothing. */
export const lackedLists = (schema: TableSchema, needs: Needs): Needs =>
  needs.filter((list) => !list.some((need) => hasNeed(schema, need)));

/** The measures that an answer about this table leaves out, because the table lacks what they need. */
export function leftOutOf(needs: MeasureNeeds, schema: TableSchema): ReadonlySet<string> {
  return new Set(Object.keys(needs).filter((name) => lackedLists(schema, needs[name] ?? []).length > 0));
}

/** A list of needs in words: `the role session or order`, `the action cart`. */
export function needText(list: readonly Need[]): string {
  const [roles, actions] = [rolesIn(list), actionsIn(list)];
  return [
    ...(roles.length > 0 ? [`the role ${roles.join(' or ')}`] : []),
    ...(actions.length > 0 ? [`the action ${actions.join(' or ')}`] : []),
  ].join(' or ');
}
