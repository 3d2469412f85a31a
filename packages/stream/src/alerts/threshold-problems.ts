import type { RoleName, TableSchema } from '@headwater/core';
import { tableActions } from '@headwater/core/internal';
import type { Threshold, ThresholdSubject } from './threshold.ts';

/** What is wrong with one word of a threshold, and what to write. */
export interface ThresholdProblem {
  /** Such as `thresholds[0].within`. */
  readonly field: string;
  readonly problem: string;
  readonly fix: string;
}

/** The role that each subject needs. */
export const subjectRoles = {
  actor: 'actor',
  product: 'item',
  site: undefined,
} as const satisfies Readonly<Record<ThresholdSubject, RoleName | undefined>>;

const longestWindow = 86_400;
/** A hop of a sixtieth of the window is as fine as anybody needs, and bounds the counters of an actor. */
const mostHops = 60;

const isWhole = (value: unknown, least: number, most: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);

/** The checks of each word: what is wrong with its value, or undefined. */
const words: Readonly<
  Record<
    keyof Threshold,
    (value: unknown, of: Partial<Record<keyof Threshold, unknown>>) => string | undefined
  >
> = {
  kind: (value) =>
    typeof value === 'string' && /^[a-z][a-z0-9-]{0,63}$/.test(value)
      ? undefined
      : 'Expected a name of lower-case letters, digits and hyphens, at most 64',
  of: (value) =>
    typeof value === 'string' && value in subjectRoles ? undefined : 'Expected actor, product or site',
  count: (value) =>
    [undefined, 'rows', 'amount'].includes(value as string) ? undefined : 'Expected rows or amount',
  actions: (value) =>
    value === undefined ||
    (Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string'))
      ? undefined
      : 'Expected a list of actions; leave it out to count every row',
  moreThan: (value, { lessThan }) =>
    value === undefined
      ? lessThan === undefined
        ? 'Set moreThan, or lessThan for the site'
        : undefined
      : isNumber(value) && (value as number) >= 0
        ? undefined
        : 'Expected a number that is not negative',
  lessThan: (value, { moreThan, of }) =>
    value === undefined
      ? undefined
      : moreThan !== undefined
        ? 'Set one of moreThan and lessThan'
        : of !== 'site'
          ? 'Only the site has a least that is expected; use of: "site"'
          : isNumber(value) && (value as number) > 0
            ? undefined
            : 'Expected a number above zero',
  within: (value) =>
    isWhole(value, 1, longestWindow) ? undefined : `Expected whole seconds, 1 to ${longestWindow}`,
  every: (value, { within }) =>
    value === undefined || (isWhole(value, 1, longestWindow) && hopsOf(within, value) !== undefined)
      ? undefined
      : `Expected within divided by a whole number, ${mostHops} at most`,
  severity: (value) =>
    [undefined, 'info', 'warning', 'critical'].includes(value as string)
      ? undefined
      : 'Expected info, warning or critical',
};

function hopsOf(within: unknown, every: number): number | undefined {
  const hops = Number(within) / every;
  return isWhole(hops, 1, mostHops) ? hops : undefined;
}

/**
 * Everything that is wrong with a list of thresholds, such as that of a config; none where it can be used.
 *
 * @param value what was written, of any type
 * @param schema the table whose rows are counted; without it, roles and actions are not checked
 * @example thresholdProblems([{ kind: 'many-views', of: 'actor', moreThan: 60, within: 0 }])[0]?.field // 'thresholds[0].within'
 */
export function thresholdProblems(value: unknown, schema?: TableSchema): readonly ThresholdProblem[] {
  if (!Array.isArray(value))
    return [{ field: 'thresholds', problem: 'is not a list', fix: 'Write a list of thresholds' }];
  const problems = value.flatMap((one: unknown, index) => {
    const field = `thresholds[${index}]`;
    if (typeof one !== 'object' || one === null)
      return [{ field, problem: 'is not a threshold', fix: 'Write { kind, of, moreThan, within }' }];
    const threshold: Partial<Record<keyof Threshold, unknown>> = one;
    const unknown = Object.keys(threshold).filter((name) => !(name in words));
    return [
      ...unknown.map((name) => ({
        field: `${field}.${name}`,
        problem: 'is not known',
        fix: `Expected ${Object.keys(words).join(', ')}`,
      })),
      ...(Object.keys(words) as (keyof Threshold)[]).flatMap((name) => {
        const fix = words[name](threshold[name], threshold);
        return fix === undefined
          ? []
          : [{ field: `${field}.${name}`, problem: written(threshold[name]), fix }];
      }),
      ...(schema === undefined ? [] : tableProblems(field, threshold, schema)),
    ];
  });
  // The kind is the key of incidents, so two thresholds of one kind would share them.
  const kinds = value.map((one: { kind?: unknown } | null) => one?.kind);
  const twice = kinds.findIndex((kind, index) => typeof kind === 'string' && kinds.indexOf(kind) < index);
  return twice < 0
    ? problems
    : [
        ...problems,
        {
          field: `thresholds[${twice}].kind`,
          problem: `is that of another threshold, ${String(kinds[twice])}`,
          fix: 'Give each threshold a kind of its own',
        },
      ];
}

/** What a table lacks for a threshold. */
function tableProblems(
  field: string,
  { of, count, actions }: Partial<Record<keyof Threshold, unknown>>,
  schema: TableSchema,
): ThresholdProblem[] {
  const roles = [
    ...(typeof of === 'string' && of in subjectRoles
      ? [{ word: 'of', role: subjectRoles[of as ThresholdSubject] }]
      : []),
    ...(count === 'amount' ? [{ word: 'count', role: 'amount' as const }] : []),
  ];
  const known = [...tableActions(schema).keys()];
  return [
    ...roles.flatMap(({ word, role }) =>
      role === undefined || schema.roles[role] !== undefined
        ? []
        : [
            {
              field: `${field}.${word}`,
              problem: `needs a column with the role ${role}, which ${schema.name} does not have`,
              fix: 'Add the role to the table, or count something else',
            },
          ],
    ),
    ...(Array.isArray(actions) ? actions : []).flatMap((action: unknown) =>
      known.includes(String(action))
        ? []
        : [
            {
              field: `${field}.actions`,
              problem: `has ${String(action)}, which is no action of ${schema.name}`,
              fix: known.length > 0 ? `Its actions: ${known.join(', ')}` : 'It has no actions',
            },
          ],
    ),
  ];
}

const written = (value: unknown): string =>
  value === undefined ? 'is missing' : `is ${JSON.stringify(value) ?? String(value)}`;
