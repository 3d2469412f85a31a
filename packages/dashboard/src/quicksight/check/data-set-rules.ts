import type { CreateDataSetCommandInput } from '@aws-sdk/client-quicksight';
import type { QuickSightAssets } from '../quicksight-assets.ts';
import type { AssetProblem } from './asset-problem.ts';
import { idOfArn } from './checked-definition.ts';
import { dataSetColumns } from './data-set-columns.ts';
import { dataSetParameters } from './parameter-rules.ts';

/** Data sets read the data source that is published with them, name the parameters and columns that they have, and all of them are held by the rules of rows. */
export function dataSetProblems(assets: QuickSightAssets): AssetProblem[] {
  const { dataSource, dataSets, rowLevelDataSet, refreshSchedules } = assets;
  const all = [...dataSets, ...(rowLevelDataSet ? [rowLevelDataSet] : [])];
  const source = dataSource.DataSourceId ?? '';
  return [
    ...repeated(all.map(({ DataSetId = '' }) => DataSetId)),
    ...all.flatMap((dataSet) => [
      ...sourceProblems(dataSet, source),
      ...statementProblems(dataSet),
      ...ruleColumnProblems(dataSet),
    ]),
    ...dataSets.flatMap((dataSet) => rowRuleProblems(dataSet, rowLevelDataSet)),
    ...refreshSchedules.flatMap(({ DataSetId = '' }) => {
      const dataSet = all.find((one) => one.DataSetId === DataSetId);
      if (dataSet?.ImportMode === 'SPICE') return [];
      const problem = dataSet
        ? 'is queried directly, and has a refresh schedule'
        : 'has a refresh schedule and does not exist';
      return [problemOf(DataSetId, 'schedules-of-spice', problem, 'Only data in SPICE is refreshed')];
    }),
  ];
}

const problemOf = (id: string, rule: string, problem: string, fix: string): AssetProblem => ({
  rule,
  where: `data set ${id}`,
  problem,
  fix,
});

const repeated = (ids: readonly string[]): AssetProblem[] =>
  ids
    .filter((id, index) => ids.indexOf(id) !== index)
    .map((id) => problemOf(id, 'ids-unique', 'is there more than once', 'Give each an id of its own'));

function sourceProblems(
  { DataSetId = '', PhysicalTableMap }: CreateDataSetCommandInput,
  source: string,
): AssetProblem[] {
  return Object.entries(PhysicalTableMap ?? {}).flatMap(([key, table]) => {
    const arn = (table.CustomSql ?? table.RelationalTable ?? table.S3Source)?.DataSourceArn;
    return [
      ...(idOfArn(arn) === source
        ? []
        : [
            problemOf(
              DataSetId,
              'data-source-exists',
              `reads ${arn}, which is not published with it`,
              `Read ${source}`,
            ),
          ]),
      // https://docs.aws.amazon.com/quicksight/latest/APIReference/API_CreateDataSet.html, PhysicalTableMap
      ...(/^[0-9a-zA-Z-]{1,64}$/.test(key)
        ? []
        : [
            problemOf(
              DataSetId,
              'names-fit',
              `has the table ${key}`,
              'Its name takes letters, digits and hyphens',
            ),
          ]),
    ];
  });
}

/** What a statement names in `<<$name>>` is a parameter, and each parameter is in the statement. */
function statementProblems({
  DataSetId = '',
  PhysicalTableMap,
  DatasetParameters,
}: CreateDataSetCommandInput): AssetProblem[] {
  const declared = dataSetParameters(DatasetParameters);
  const named = new Set(
    Object.values(PhysicalTableMap ?? {}).flatMap(({ CustomSql }) =>
      [...(CustomSql?.SqlQuery ?? '').matchAll(/<<\$([^>]+)>>/g)].map(([, name = '']) => name),
    ),
  );
  return [
    ...[...named]
      .filter((name) => !declared.has(name))
      .map((name) =>
        problemOf(
          DataSetId,
          'parameters-declared',
          `names <<$${name}>> in its statement, which is no parameter of it`,
          'Declare it in DatasetParameters',
        ),
      ),
    ...[...declared.keys()]
      .filter((name) => !named.has(name))
      .map((name) =>
        problemOf(
          DataSetId,
          'parameters-used',
          `has the parameter ${name}, which its statement does not name`,
          'Leave it out',
        ),
      ),
  ];
}

function ruleColumnProblems(dataSet: CreateDataSetCommandInput): AssetProblem[] {
  const columns = dataSetColumns(dataSet);
  return (dataSet.ColumnLevelPermissionRules ?? [])
    .flatMap(({ ColumnNames = [] }) => ColumnNames)
    .filter((name) => !columns.has(name))
    .map((name) =>
      problemOf(
        dataSet.DataSetId ?? '',
        'columns-exist',
        `restricts the column ${name}, which it lacks`,
        `It has: ${[...columns.keys()].join(', ')}`,
      ),
    );
}

/** A data set that does not name the rules would show every row to everybody. */
function rowRuleProblems(
  dataSet: CreateDataSetCommandInput,
  rules: CreateDataSetCommandInput | undefined,
): AssetProblem[] {
  const { DataSetId = '', RowLevelPermissionDataSet: named } = dataSet;
  if (!rules && !named) return [];
  if (!rules || idOfArn(named?.Arn) !== rules.DataSetId || named?.Status === 'DISABLED')
    return [
      problemOf(
        DataSetId,
        'rows-restricted',
        'does not follow the rules of rows that are published with it',
        `Name ${rules?.DataSetId ?? 'none'}, enabled`,
      ),
    ];
  const columns = dataSetColumns(dataSet);
  const missing = [...dataSetColumns(rules).keys()].filter(
    (name) => !/^(UserARN|GroupARN|UserName|GroupName)$/.test(name) && !columns.has(name),
  );
  return missing.map((name) =>
    problemOf(
      DataSetId,
      'rows-restricted',
      `lacks the column ${name}, by which ${rules.DataSetId} restricts rows`,
      'Rules of rows apply to columns that the data set has',
    ),
  );
}
