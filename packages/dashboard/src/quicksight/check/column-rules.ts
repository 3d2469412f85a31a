import type { AssetProblem } from './asset-problem.ts';
import type { CheckedDefinition } from './checked-definition.ts';
import type { ColumnKind } from './data-set-columns.ts';
import { type DefinitionNode, isMembers, textAt, whereIs } from './visit-definition.ts';

/**
 * The kinds of columns that each field takes (https://docs.aws.amazon.com/quicksight/latest/APIReference/API_DimensionField.html and
 * API_MeasureField.html). A date in a categorical field is taken as well, and shown blank: that is for the lint.
 */
const takes: Readonly<Record<string, readonly ColumnKind[]>> = {
  CategoricalDimensionField: ['text', 'number', 'date'],
  DateDimensionField: ['date'],
  NumericalDimensionField: ['number'],
  NumericalMeasureField: ['number'],
  CategoricalMeasureField: ['text'],
  DateMeasureField: ['date'],
};

const quoted = (names: Iterable<string>): string => [...names].slice(0, 12).join(', ') || 'nothing';

/** Data sets are declared and among the assets, their columns exist, and fields and filters fit the types of their columns. */
export function columnProblems(checked: CheckedDefinition): AssetProblem[] {
  const { asset, dataSets, columns, nodes, definition } = checked;
  const undeclared = [...dataSets].flatMap(([identifier, dataSet]) =>
    dataSet
      ? []
      : [
          {
            rule: 'data-sets-exist',
            where: asset,
            problem: `declares the data set ${identifier}, whose ARN is of no data set that is published with it`,
            fix: 'Declare the ARN of one of the data sets',
          },
        ],
  );
  return [
    ...undeclared,
    ...nodes.flatMap((node) => namedColumn(checked, node)),
    ...(definition.CalculatedFields ?? []).flatMap(
      ({ DataSetIdentifier = '', Name = '', Expression = '' }) => {
        const known = columns.get(DataSetIdentifier);
        const where = `${asset}, calculated field ${Name}`;
        if (!known) return [unknownDataSet(where, DataSetIdentifier, dataSets.keys())];
        return [...Expression.matchAll(/(?<![$\w])\{([^}]+)\}/g)]
          .map(([, column = '']) => column)
          .filter((column) => !known.has(column))
          .map((column) => unknownColumn(where, DataSetIdentifier, column, known.keys()));
      },
    ),
  ];
}

function namedColumn({ asset, columns, dataSets }: CheckedDefinition, node: DefinitionNode): AssetProblem[] {
  const { value, member } = node;
  const column = textAt(value, 'ColumnName');
  const identifier = textAt(value, 'DataSetIdentifier');
  const where = whereIs(asset, node);
  if (column !== undefined && identifier !== undefined) {
    const known = columns.get(identifier);
    if (!known) return [unknownDataSet(where, identifier, dataSets.keys())];
    return known.has(column) ? [] : [unknownColumn(where, identifier, column, known.keys())];
  }
  const wanted = takes[member];
  const named = value['Column'];
  if (wanted === undefined || !isMembers(named)) return [];
  const name = textAt(named, 'ColumnName') ?? '';
  const kind = columns.get(textAt(named, 'DataSetIdentifier') ?? '')?.get(name) ?? 'unknown';
  if (kind === 'unknown' || wanted.includes(kind)) return [];
  return [
    {
      rule: 'kinds-fit',
      where,
      problem: `has the column ${name}, a ${kind}, as a ${member}, which takes a ${wanted.join(' or ')}`,
      fix: `Use the field for a ${kind}, or cast the column in its data set`,
    },
  ];
}

const unknownDataSet = (where: string, identifier: string, known: Iterable<string>): AssetProblem => ({
  rule: 'identifiers-declared',
  where,
  problem: `names the data set ${identifier}, which is not declared`,
  fix: `Declare it, or name one of: ${quoted(known)}`,
});

const unknownColumn = (
  where: string,
  identifier: string,
  column: string,
  known: Iterable<string>,
): AssetProblem => ({
  rule: 'columns-exist',
  where,
  problem: `names the column ${column}, which the data set ${identifier} lacks`,
  fix: `It has: ${quoted(known)}`,
});
