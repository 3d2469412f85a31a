import { AwsError } from '../aws-error.ts';

/** A value of AWS's query protocol: every scalar is a text. */
export type QueryValue = string | readonly QueryValue[] | { readonly [name: string]: QueryValue };

type Tree = Map<string, Tree | string>;

/**
 * Reads a form of AWS's query protocol: `Tags.member.1.Key=a` is a list with a structure.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 * @throws AwsError for a form that names a member both as a text and as a structure
 * @example queryInput('Action=X&Tags.member.1.Key=a') // { Action: 'X', Tags: [{ Key: 'a' }] }
 */
export function queryInput(form: string): Readonly<Record<string, QueryValue>> {
  const root: Tree = new Map();
  for (const [path, text] of new URLSearchParams(form)) {
    const names = path.split('.');
    let at = root;
    for (const name of names.slice(0, -1)) {
      const next = at.get(name) ?? new Map<string, Tree | string>();
      if (typeof next === 'string') throw new AwsError('MalformedQueryString', `${path} is given twice`);
      at.set(name, next);
      at = next;
    }
    at.set(names.at(-1) ?? '', text);
  }
  return Object.fromEntries([...root].map(([name, value]) => [name, queryValue(value)]));
}

function queryValue(value: Tree | string): QueryValue {
  if (typeof value === 'string') return value;
  const members = value.get('member');
  if (value.size === 1 && members instanceof Map)
    return [...members]
      .toSorted(([left], [right]) => Number(left) - Number(right))
      .map(([, item]) => queryValue(item));
  return Object.fromEntries([...value].map(([name, item]) => [name, queryValue(item)]));
}
