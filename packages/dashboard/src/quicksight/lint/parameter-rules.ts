import type { CheckedDefinition } from '../check/checked-definition.ts';
import { dataSetParameters } from '../check/parameter-rules.ts';
import { textAt } from '../check/visit-definition.ts';
import { apiPage, guidePage, type LintRule } from './lint-rule.ts';

/** The parameters that have a control on some sheet. */
const controlled = ({ nodes }: CheckedDefinition): ReadonlySet<string> =>
  new Set(nodes.flatMap(({ value }) => textAt(value, 'SourceParameterName') ?? []));

/** Rules about parameters, and what fills data sets. */
export const parameterRules: readonly LintRule[] = [
  {
    rule: 'filter-parameters-have-controls',
    reason: 'A filter by a parameter that nobody can set compares with nothing, and hides every row',
    fix: 'Put a control of the parameter on a sheet, or filter by a constant',
    source: apiPage('CustomFilterConfiguration'),
    find(checked) {
      const known = controlled(checked);
      return checked.nodes.flatMap(({ value, path }) => {
        const name = textAt(value, 'ParameterName') ?? textAt(value, 'Parameter'); // of a list, or of a range
        const isFilter = path[0] === 'FilterGroups' && name !== undefined;
        return isFilter && !known.has(name)
          ? [
              {
                where: checked.asset,
                problem: `filters by the parameter ${name}, which has no control on any sheet`,
              },
            ]
          : [];
      });
    },
  },
  {
    rule: 'mapped-parameters-have-controls',
    reason:
      'A parameter of a data set that no control sets stays at its default, so readers cannot change what they see',
    fix: 'Put a control of the parameter on a sheet',
    source: apiPage('MappedDataSetParameter'),
    find(checked) {
      const known = controlled(checked);
      return [...checked.parameters]
        .filter(
          ([name, { declaration }]) =>
            (declaration.MappedDataSetParameters ?? []).length > 0 && !known.has(name),
        )
        .map(([name]) => ({
          where: `${checked.asset}, parameter ${name}`,
          problem: 'fills in a parameter of a data set, and has no control on any sheet',
        }));
    },
  },
  {
    rule: 'data-set-parameters-mapped',
    reason:
      'A parameter of a data set that no parameter of the analysis fills in stays at its default: controls do not change it',
    fix: 'Name it in MappedDataSetParameters',
    source: apiPage('MappedDataSetParameter'),
    find({ asset, dataSets, parameters }) {
      const mapped = new Set(
        [...parameters.values()].flatMap(({ declaration }) =>
          (declaration.MappedDataSetParameters ?? []).map(
            ({ DataSetIdentifier, DataSetParameterName }) => `${DataSetIdentifier}.${DataSetParameterName}`,
          ),
        ),
      );
      return [...dataSets].flatMap(([identifier, dataSet]) =>
        [...dataSetParameters(dataSet?.DatasetParameters).keys()]
          .filter((name) => !mapped.has(`${identifier}.${name}`))
          .map((name) => ({
            where: asset,
            problem: `fills in the parameter ${name} of the data set ${identifier} nowhere`,
          })),
      );
    },
  },
  {
    rule: 'date-parameters-have-defaults',
    reason:
      'A date parameter without a default is empty when the dashboard opens, and what depends on it shows no data',
    fix: 'Give it a static or a rolling default',
    source: guidePage('parameters-default-values'),
    find: ({ asset, parameters }) =>
      [...parameters]
        .filter(
          ([
            ,
            {
              kind,
              declaration: { DefaultValues: given },
            },
          ]) => {
            if (kind !== 'DateTime') return false;
            const { StaticValues, RollingDate, DynamicValue } = { ...given } as {
              readonly [Name in 'StaticValues' | 'RollingDate' | 'DynamicValue']?: unknown;
            };
            return (
              [StaticValues ?? []].flat().length === 0 &&
              RollingDate === undefined &&
              DynamicValue === undefined
            );
          },
        )
        .map(([name]) => ({ where: `${asset}, parameter ${name}`, problem: 'is a date without a default' })),
  },
  {
    rule: 'spice-is-refreshed',
    reason: 'Data in SPICE without a schedule stays as it was when the data set was created',
    fix: 'Give the data set a refresh schedule',
    source: apiPage('CreateRefreshSchedule'),
    findInAssets: ({ dataSets, rowLevelDataSet, refreshSchedules }) =>
      [...dataSets, ...(rowLevelDataSet ? [rowLevelDataSet] : [])]
        .filter(({ ImportMode }) => ImportMode === 'SPICE')
        .filter(({ DataSetId }) => !refreshSchedules.some((one) => one.DataSetId === DataSetId))
        .map(({ DataSetId }) => ({
          where: `data set ${DataSetId}`,
          problem: 'is in SPICE, and has no refresh schedule',
        })),
  },
];
