import { createHash } from 'node:crypto';
import { isMembers } from '../check/visit-definition.ts';

/** The members of an asset, by the names of the API. */
export type Members = Readonly<Record<string, unknown>>;

/**
 * Lists whose order means nothing, and which the service may answer in another one
 * (https://github.com/hashicorp/terraform-provider-aws/issues/36733).
 */
const unordered: ReadonlySet<string> = new Set([
  ...['DataSetIdentifierDeclarations', 'CalculatedFields', 'ParameterDeclarations', 'FilterGroups'],
  ...['MappedDataSetParameters', 'DatasetParameters', 'ColumnConfigurations', 'ColumnLevelPermissionRules'],
  ...['ColumnNames', 'Principals', 'SheetVisualScopingConfigurations'],
]);

/** Absent, false, and empty make no difference: a service answers defaults that nobody has set. */
const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isMembers(value) && Object.values(value).every(isEmpty));

/**
 * Where what is live lacks what is derived, as paths. Members that only the live one has are defaults of the service.
 *
 * @returns paths such as `Definition.Sheets[0].Name`; empty when the live asset has everything
 */
export function differences(derived: unknown, live: unknown, path = '', member = ''): string[] {
  if (isEmpty(derived) && isEmpty(live)) return [];
  if (derived === undefined) return [];
  if (derived instanceof Date) return derived.getTime() === timeOf(live) ? [] : [path];
  if (Array.isArray(derived)) {
    if (!Array.isArray(live) || live.length !== derived.length) return [path];
    const paired = unordered.has(member) ? pairs(derived, live) : live;
    return paired === undefined
      ? [path]
      : derived.flatMap((item, index) => differences(item, paired[index], `${path}[${index}]`));
  }
  if (isMembers(derived)) {
    if (!isMembers(live)) return [path];
    return Object.entries(derived).flatMap(([name, value]) =>
      differences(value, live[name], path === '' ? name : `${path}.${name}`, name),
    );
  }
  return derived === live ? [] : [path];
}

/** The live items in the order of the derived ones. Undefined when one of these has no partner of its own. */
function pairs(derived: readonly unknown[], live: readonly unknown[]): unknown[] | undefined {
  const left = [...live];
  const found: unknown[] = [];
  for (const item of derived) {
    const index = left.findIndex((other) => differences(item, other).length === 0);
    if (index < 0) return undefined;
    found.push(...left.splice(index, 1));
  }
  return found;
}

const timeOf = (value: unknown): number | undefined => (value instanceof Date ? value.getTime() : undefined);

/**
 * A digest of what is derived, whatever the order of its members: the record of what was published.
 *
 * @returns 16 hexadecimal digits
 */
export const contentDigest = (members: Members): string =>
  createHash('sha256')
    .update(JSON.stringify(canonical(members)))
    .digest('hex')
    .slice(0, 16);

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (!isMembers(value)) return value instanceof Date ? value.toISOString() : value;
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, member]) => [name, canonical(member)]);
}
