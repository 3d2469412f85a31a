import type { QuickSightAssets } from '../quicksight-assets.ts';
import type { AssetProblem } from './asset-problem.ts';
import type { CheckedDefinition } from './checked-definition.ts';

/** The most that a definition may have (https://docs.aws.amazon.com/quicksight/latest/APIReference/API_DashboardVersionDefinition.html, API_SheetDefinition.html). */
const most = {
  dataSets: 50,
  sheets: 20,
  visuals: 75,
  textBoxes: 100,
  parameters: 400,
  calculatedFields: 2000,
} as const;
/** https://docs.aws.amazon.com/quicksight/latest/APIReference/API_CustomSql.html */
const mostStatement = 168_000;
const mostColumns = 2048;
/** https://docs.aws.amazon.com/quicksight/latest/APIReference/API_CreateDashboard.html, Permissions */
const mostPrincipals = 64;

const over = (where: string, what: string, found: number, limit: number): AssetProblem[] =>
  found <= limit
    ? []
    : [
        {
          rule: 'limits',
          where,
          problem: `has ${found} ${what}, and at most ${limit} are taken`,
          fix: 'Have fewer',
        },
      ];

/** What a definition has is within the limits of the service. */
export function limitProblems({ asset, definition }: CheckedDefinition): AssetProblem[] {
  const {
    DataSetIdentifierDeclarations = [],
    Sheets = [],
    ParameterDeclarations = [],
    CalculatedFields = [],
  } = definition;
  return [
    ...over(asset, 'data sets', DataSetIdentifierDeclarations.length, most.dataSets),
    ...over(asset, 'sheets', Sheets.length, most.sheets),
    ...over(asset, 'parameters', ParameterDeclarations.length, most.parameters),
    ...over(asset, 'calculated fields', CalculatedFields.length, most.calculatedFields),
    ...Sheets.flatMap(({ SheetId, Visuals = [], TextBoxes = [] }) => [
      ...over(`${asset}, sheet ${SheetId}`, 'visuals', Visuals.length, most.visuals),
      ...over(`${asset}, sheet ${SheetId}`, 'text boxes', TextBoxes.length, most.textBoxes),
    ]),
  ];
}

/** Statements and columns of data sets are within the limits, and every id can be one. */
export function assetLimitProblems(assets: QuickSightAssets): AssetProblem[] {
  const { dataSource, dataSets, rowLevelDataSet, themes, analysis, dashboard, principals } = assets;
  const named = principals.owners.length + principals.viewers.length;
  const all = [...dataSets, ...(rowLevelDataSet ? [rowLevelDataSet] : [])];
  const ids = [
    dataSource.DataSourceId,
    ...all.map(({ DataSetId }) => DataSetId),
    ...themes.map(({ ThemeId }) => ThemeId),
    analysis.AnalysisId,
    dashboard.DashboardId,
  ];
  return [
    ...over(`dashboard ${dashboard.DashboardId}`, 'owners and viewers', named, mostPrincipals),
    ...all.flatMap(({ DataSetId, PhysicalTableMap }) =>
      Object.values(PhysicalTableMap ?? {}).flatMap(({ CustomSql }) => [
        ...over(
          `data set ${DataSetId}`,
          'characters in its statement',
          CustomSql?.SqlQuery?.length ?? 0,
          mostStatement,
        ),
        ...over(`data set ${DataSetId}`, 'columns', CustomSql?.Columns?.length ?? 0, mostColumns),
      ]),
    ),
    ...ids
      .filter((id) => !/^[\w-]{1,512}$/.test(id ?? ''))
      .map((id) => ({
        rule: 'names-fit',
        where: `asset ${id}`,
        problem: 'has an id that the service does not take',
        fix: 'Use up to 512 letters, digits, hyphens and underscores',
      })),
  ];
}
