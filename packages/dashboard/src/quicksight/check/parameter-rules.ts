import type { DatasetParameter } from '@aws-sdk/client-quicksight';
import type { AssetProblem } from './asset-problem.ts';
import type { CheckedDefinition, DeclaredParameter } from './checked-definition.ts';
import { textAt, whereIs } from './visit-definition.ts';

const list = (names: Iterable<string>): string => [...names].join(', ') || 'none';

/** The parameters of a data set, by name, with the kind of their values. */
export function dataSetParameters(
  parameters: readonly DatasetParameter[] = [],
): ReadonlyMap<string, DeclaredParameter['kind']> {
  const found = new Map<string, DeclaredParameter['kind']>();
  for (const one of parameters) {
    const names = {
      String: one.StringDatasetParameter?.Name,
      Integer: one.IntegerDatasetParameter?.Name,
      Decimal: one.DecimalDatasetParameter?.Name,
      DateTime: one.DateTimeDatasetParameter?.Name,
    };
    for (const kind of ['String', 'Integer', 'Decimal', 'DateTime'] as const)
      if (names[kind] !== undefined) found.set(names[kind], kind);
  }
  return found;
}

/** Parameters that controls, filters and expressions name are declared, those that are declared fill in parameters that data sets have, and scopes and controls name filters, sheets and visuals that exist. */
export function parameterProblems(checked: CheckedDefinition): AssetProblem[] {
  const { asset, nodes, parameters, definition } = checked;
  const undeclared = (where: string, name: string): AssetProblem[] =>
    parameters.has(name)
      ? []
      : [
          {
            rule: 'parameters-declared',
            where,
            problem: `names the parameter ${name}, which is not declared`,
            fix: `Declared are: ${list(parameters.keys())}`,
          },
        ];
  const filters = new Set(
    nodes.flatMap(({ value, path }) => (path[0] === 'FilterGroups' ? (textAt(value, 'FilterId') ?? []) : [])),
  );
  const sheets = new Map(
    (definition.Sheets ?? []).map((sheet) => [sheet.SheetId, visualsOf(sheet.Visuals ?? [])]),
  );
  return [
    ...nodes.flatMap((node) => {
      const where = whereIs(asset, node);
      const name =
        textAt(node.value, 'SourceParameterName') ??
        // A filter takes its value from a parameter; an action of a visual sets one.
        textAt(node.value, 'ParameterName') ??
        (node.path[0] === 'FilterGroups' ? textAt(node.value, 'Parameter') : undefined) ??
        textAt(node.value, 'DestinationParameterName');
      const filter = textAt(node.value, 'SourceFilterId');
      return [
        ...(name === undefined ? [] : undeclared(where, name)),
        ...(filter === undefined || filters.has(filter)
          ? []
          : [
              {
                rule: 'filters-exist',
                where,
                problem: `has a control of the filter ${filter}, which does not exist`,
                fix: `Filters are: ${list(filters)}`,
              },
            ]),
        ...scopeProblems(where, node.value, sheets),
      ];
    }),
    ...(definition.CalculatedFields ?? []).flatMap(({ Name, Expression = '' }) =>
      [...Expression.matchAll(/\$\{([^}]+)\}/g)].flatMap(([, name = '']) =>
        undeclared(`${asset}, calculated field ${Name}`, name),
      ),
    ),
    ...[...parameters].flatMap(([name, parameter]) => mappedProblems(checked, name, parameter)),
  ];
}

const visualsOf = (visuals: readonly object[]): readonly string[] =>
  visuals.flatMap((visual) => Object.values(visual).map((one) => String(one?.VisualId)));

function scopeProblems(
  where: string,
  value: Readonly<Record<string, unknown>>,
  sheets: ReadonlyMap<string | undefined, readonly string[]>,
): AssetProblem[] {
  if (!('Scope' in value)) return [];
  const sheet = textAt(value, 'SheetId');
  const visuals = sheets.get(sheet);
  const missing = visuals && [value['VisualIds'] ?? []].flat().filter((id) => !visuals.includes(String(id)));
  if (missing?.length === 0) return [];
  const problem = missing
    ? `filters the visual ${missing[0]}, which the sheet ${sheet} does not have`
    : `filters the sheet ${sheet}, which does not exist`;
  return [
    { rule: 'scopes-exist', where, problem, fix: `Sheets are: ${list([...sheets.keys()].map(String))}` },
  ];
}

function mappedProblems(
  { asset, dataSets }: CheckedDefinition,
  name: string,
  { kind, declaration }: DeclaredParameter,
): AssetProblem[] {
  return (declaration.MappedDataSetParameters ?? []).flatMap(
    ({ DataSetIdentifier = '', DataSetParameterName = '' }) => {
      const dataSet = dataSets.get(DataSetIdentifier);
      const known = dataSetParameters(dataSet?.DatasetParameters);
      const found = known.get(DataSetParameterName);
      if (found === kind) return [];
      const has = found === undefined ? 'does not have' : `has as ${found}`;
      return [
        {
          rule: 'parameters-bound',
          where: `${asset}, parameter ${name}`,
          problem: `fills in ${DataSetParameterName} of the data set ${DataSetIdentifier}, which it ${has}`,
          fix: `Its parameters are: ${list([...known].map(([own, type]) => `${own} (${type})`))}. This one is ${kind}`,
        },
      ];
    },
  );
}
