import type { Column, Table, TableInput } from '@aws-sdk/client-glue';
import { columnTexts, tableParts } from '../steps/table-parts.ts';
import type { DriftFinding, DriftKind } from './drift-finding.ts';

/** The parts of a table that are neither columns nor parameters. */
const members: Readonly<Record<string, DriftKind>> = {
  description: 'description',
  'table type': 'format',
  view: 'view',
  location: 'location',
  'input format': 'format',
  'output format': 'format',
  SerDe: 'format',
};

/**
 * The differences between a table in Glue and the version that was published, columns first. It compares what publishing compares:
 * parameters that others set beside ours, other spellings and blanks make no difference.
 */
export function tableFindings(live: Table, published: TableInput): DriftFinding[] {
  const keys = new Set(Object.keys(published.Parameters ?? {}));
  const now = tableParts(live, keys);
  const before = tableParts(published, keys);
  const findings = [...new Set([...before.keys(), ...now.keys()])].flatMap((what): DriftFinding[] => {
    const [is = null, then = null] = [now.get(what), before.get(what)];
    const kind =
      members[what] ?? (/^SerDe parameter /.test(what) ? 'format' : parameterOf(what) && 'parameter');
    return is === then || !kind ? [] : [{ kind, part: parameterOf(what) ?? what, is, published: then }];
  });
  return [
    ...columnFindings('column', live.StorageDescriptor?.Columns, published.StorageDescriptor?.Columns),
    ...columnFindings('key', live.PartitionKeys, published.PartitionKeys),
    ...findings,
  ];
}

const parameterOf = (what: string): string | undefined => /^parameter (.*)$/.exec(what)?.[1];

type Listed = 'column' | 'key';

/** The differences of columns or partition keys: those that are new, gone or different, then their order. */
function columnFindings(
  listed: Listed,
  live: readonly Column[] = [],
  published: readonly Column[] = [],
): DriftFinding[] {
  const now = new Map(live.map((column) => [nameOf(column), columnTexts(column)]));
  const before = new Map(published.map((column) => [nameOf(column), columnTexts(column)]));
  const names = [...new Set([...before.keys(), ...now.keys()])];
  return [
    ...names.flatMap((name): DriftFinding[] => {
      const [is, then] = [now.get(name), before.get(name)];
      if (!then) return [{ kind: `${listed}-added`, part: name, is: is?.type ?? null, published: null }];
      if (!is) return [{ kind: `${listed}-removed`, part: name, is: null, published: then.type }];
      return (['type', 'comment', 'parameters'] as const).flatMap((member): DriftFinding[] =>
        is[member] === then[member]
          ? []
          : [
              {
                kind: `${listed}-${member}`,
                part: name,
                is: is[member] || null,
                published: then[member] || null,
              },
            ],
      );
    }),
    ...orderFinding(listed, [...now.keys()], [...before.keys()]),
  ];
}

const nameOf = ({ Name = '' }: Column): string => Name.toLowerCase();

/** The order of those that both have: one that is new or gone is a finding of its own. */
function orderFinding(listed: Listed, now: readonly string[], before: readonly string[]): DriftFinding[] {
  const is = now.filter((name) => before.includes(name)).join(', ');
  const published = before.filter((name) => now.includes(name)).join(', ');
  const part = listed === 'column' ? 'order of columns' : 'order of partition keys';
  return is === published ? [] : [{ kind: `${listed}-order`, part, is, published }];
}
