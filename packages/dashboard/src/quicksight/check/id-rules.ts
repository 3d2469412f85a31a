import type { AssetProblem } from './asset-problem.ts';
import type { CheckedDefinition } from './checked-definition.ts';
import { textAt, whereIs } from './visit-definition.ts';

/** What names a thing within a definition, and must do so once (https://docs.aws.amazon.com/quicksight/latest/APIReference/API_SheetDefinition.html). */
const idMembers = [
  'SheetTextBoxId',
  'ParameterControlId',
  'FilterControlId',
  'FilterId',
  'FilterGroupId',
] as const;

/** Ids are unique in a definition, names of calculated fields in their data set, and ids of fields in their visual. What sorts or labels by a field names one of its visual. */
export function idProblems({ asset, definition, nodes, parameters }: CheckedDefinition): AssetProblem[] {
  const fields = nodes.filter(isField);
  const calculated = (definition.CalculatedFields ?? []).map(
    ({ DataSetIdentifier, Name }) => `${DataSetIdentifier}.${Name}`,
  );
  const groups: readonly (readonly [what: string, ids: readonly string[]])[] = [
    [
      'data set identifier',
      (definition.DataSetIdentifierDeclarations ?? []).map((one) => one.Identifier ?? ''),
    ],
    ['sheet', (definition.Sheets ?? []).map(({ SheetId = '' }) => SheetId)],
    ['visual', nodes.filter(isVisual).map(({ visual = '' }) => visual)],
    ['calculated field', calculated],
    ['field', fields.map(({ value, visual }) => `${textAt(value, 'FieldId')} of visual ${visual}`)],
    ...idMembers.map((member) => [member, idsOf(nodes, member)] as const),
    ['parameter', declaredNames(definition.ParameterDeclarations ?? [])],
  ];
  const repeated = groups.flatMap(([what, ids]) =>
    repeatedIn(ids).map((id) => ({
      rule: 'ids-unique',
      where: asset,
      problem: `has the ${what} ${id} more than once`,
      fix: 'Give each an id of its own',
    })),
  );
  const unnamed = [...parameters.keys()].filter((name) => !/^[a-zA-Z0-9]{1,2048}$/.test(name));
  return [
    ...repeated,
    ...fieldReferences({ asset, nodes }, fields),
    ...unnamed.map((name) => ({
      rule: 'names-fit',
      where: asset,
      problem: `declares the parameter ${name}, and names of parameters are letters and digits`,
      fix: 'Leave out the other characters',
    })),
  ];
}

type Node = CheckedDefinition['nodes'][number];

const isVisual = ({ path, visual }: Node): boolean =>
  path[2] === 'Visuals' && path.length === 5 && visual !== undefined;

/** A field of a well, and not what only refers to one, as the `ApplyTo` of an axis label does. */
const isField = ({ member, path }: Node): boolean =>
  /(Dimension|Measure)Field$/.test(member) ||
  (member === 'Values' && path.includes('TableUnaggregatedFieldWells'));

const idsOf = (nodes: readonly Node[], member: string): string[] =>
  nodes.flatMap(({ value, path }) => {
    const id = textAt(value, member);
    return id === undefined || path.at(-1) === 'ScopeConfiguration' ? [] : [id];
  });

const repeatedIn = (ids: readonly string[]): string[] => [
  ...new Set(ids.filter((id, index) => ids.indexOf(id) !== index)),
];

const declaredNames = (declarations: readonly object[]): string[] =>
  declarations.flatMap((one) => Object.values(one).map((declared) => String(declared?.Name)));

/** What sorts, formats or labels by a field names one of the same visual. */
function fieldReferences(
  { asset, nodes }: Pick<CheckedDefinition, 'asset' | 'nodes'>,
  fields: readonly Node[],
): AssetProblem[] {
  const known = new Map<string, Set<string>>();
  for (const { visual = '', value } of fields) {
    const ids = known.get(visual) ?? new Set();
    known.set(visual, ids.add(textAt(value, 'FieldId') ?? ''));
  }
  return nodes.flatMap((node) => {
    const id = textAt(node.value, 'FieldId');
    if (id === undefined || node.visual === undefined || known.get(node.visual)?.has(id)) return [];
    return [
      {
        rule: 'fields-exist',
        where: whereIs(asset, node),
        problem: `names the field ${id} in ${node.member}, which is in none of its field wells`,
        fix: `Name one of: ${[...(known.get(node.visual) ?? [])].join(', ') || 'none'}`,
      },
    ];
  });
}
