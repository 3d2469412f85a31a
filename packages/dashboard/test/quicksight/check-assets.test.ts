import { expect, test } from 'vitest';
import { assetProblemText, checkAssets, type QuickSightAssets } from '../../src/quicksight/index.ts';
import { brokenAnalysis, brokenAssets } from './broken-assets.ts';
import { handMadeAssets } from './hand-made-assets.ts';

test('finds nothing where nothing is wrong', () => {
  expect(checkAssets(handMadeAssets())).toEqual([]);
});

const broken: readonly (readonly [what: string, QuickSightAssets, ...(string | RegExp)[]])[] = [
  [
    'a column that a data set lacks',
    brokenAnalysis((_, sheet) => {
      sheet.Visuals[0].KPIVisual.ChartConfiguration.FieldWells.Values[0].NumericalMeasureField.Column.ColumnName =
        'vistors';
    }),
    'analysis hand-made, sheet overview, visual visitors: names the column vistors, which the data set traffic lacks. ' +
      'It has: day, brand, visitors, buyers, rate',
  ],
  [
    'an identifier that is not declared',
    brokenAnalysis((_, sheet) => {
      sheet.Visuals[0].KPIVisual.ChartConfiguration.FieldWells.Values[0].NumericalMeasureField.Column.DataSetIdentifier =
        'sales';
    }),
    /visual visitors: names the data set sales, which is not declared. Declare it, or name one of: traffic/,
  ],
  [
    'a data set that is not published',
    brokenAnalysis((definition) => {
      definition.DataSetIdentifierDeclarations[0].DataSetArn += '-2';
    }),
    /declares the data set traffic, whose ARN is of no data set/,
    ...Array(5).fill(/names the column \w+, which the data set traffic lacks/),
    ...Array(2).fill(/calculated field rate: names the column \w+, which/),
    /parameter From: fills in From of the data set traffic, which it does not have/,
  ],
  [
    'a calculated field over a column that is not there',
    brokenAnalysis((definition) => {
      definition.CalculatedFields[0].Expression = `sum({shoppers}) / ${'$'}{Half}`;
    }),
    'analysis hand-made, calculated field rate: names the column shoppers, which the data set traffic lacks. It has: day, brand, visitors, buyers, rate',
    'analysis hand-made, calculated field rate: names the parameter Half, which is not declared. Declared are: From, Brand',
  ],
  [
    'a text as a number',
    brokenAnalysis((_, sheet) => {
      sheet.Visuals[0].KPIVisual.ChartConfiguration.FieldWells.Values[0].NumericalMeasureField.Column.ColumnName =
        'brand';
    }),
    /visual visitors: has the column brand, a text, as a NumericalMeasureField, which takes a number/,
  ],
  [
    'a visual that is there twice',
    brokenAnalysis((_, sheet) => {
      sheet.Visuals[1].BarChartVisual.VisualId = 'visitors';
    }),
    'analysis hand-made: has the visual visitors more than once. Give each an id of its own',
    /places brands, which the sheet does not have. It has: visitors, about, from, brand/,
    /filters the visual brands, which the sheet overview does not have/,
  ],
  [
    'a field that is there twice',
    brokenAnalysis((_, sheet) => {
      sheet.Visuals[0].KPIVisual.ChartConfiguration.FieldWells.TrendGroups[0].DateDimensionField.FieldId =
        'visitors.value';
    }),
    /has the field visitors.value of visual visitors more than once/,
  ],
  [
    'a sort by a field that is not there',
    brokenAnalysis((_, sheet) => {
      sheet.Visuals[1].BarChartVisual.ChartConfiguration.SortConfiguration.CategorySort[0].FieldSort.FieldId =
        'rate';
    }),
    /visual brands: names the field rate in FieldSort, which is in none of its field wells. Name one of: brands.brand, brands.rate/,
  ],
  [
    'a visual without a place',
    brokenAnalysis((_, sheet) => {
      sheet.Layouts[0].Configuration.GridLayout.Elements.shift();
    }),
    'analysis hand-made, sheet overview: does not place visitors. Place every visual and text box once',
  ],
  [
    'elements over each other, beyond the grid, and of another kind',
    brokenAnalysis((_, sheet) => {
      const [first, second] = sheet.Layouts[0].Configuration.GridLayout.Elements;
      first.ElementType = 'IMAGE';
      first.ColumnSpan = 19;
      second.ColumnSpan = 19;
    }),
    /places visitors as IMAGE, and it is a VISUAL/,
    /places brands beyond the 36 columns/,
    /places visitors over brands/,
  ],
  [
    'a sheet without a layout',
    brokenAnalysis((_, sheet) => delete sheet.Layouts),
    /has 0 layouts. Give it one layout/,
  ],
  [
    'a control of a parameter that is not declared',
    brokenAnalysis((definition) => definition.ParameterDeclarations.pop()),
    /names the parameter Brand, which is not declared/,
    /names the parameter Brand, which is not declared/,
  ],
  [
    'a parameter of another kind',
    brokenAnalysis((definition) => {
      definition.ParameterDeclarations[1].StringParameterDeclaration.MappedDataSetParameters = [
        { DataSetIdentifier: 'traffic', DataSetParameterName: 'From' },
      ];
    }),
    /parameter Brand: fills in From of the data set traffic, which it has as DateTime. .* This one is String/,
  ],
  [
    'a name of a parameter with a space',
    brokenAnalysis((definition, sheet) => {
      definition.ParameterDeclarations[0].DateTimeParameterDeclaration.Name = 'First day';
      sheet.ParameterControls[0].DateTimePicker.SourceParameterName = 'First day';
    }),
    /declares the parameter First day, and names of parameters are letters and digits/,
  ],
  [
    'a control of a filter that is not there, and a scope of another sheet',
    brokenAnalysis((definition, sheet) => {
      sheet.FilterControls = [{ List: { FilterControlId: 'item', Title: 'Item', SourceFilterId: 'item' } }];
      definition.FilterGroups[0].ScopeConfiguration.SelectedSheets.SheetVisualScopingConfigurations[0].SheetId =
        'detail';
    }),
    /filters the sheet detail, which does not exist. Sheets are: overview/,
    /has a control of the filter item, which does not exist. Filters are: brand/,
  ],
  [
    'a control that is not there in the layout of controls, and too many viewers',
    brokenAssets((assets) => {
      assets.principals.viewers = Array.from({ length: 64 }, (_, index) => `viewer${index}`);
      assets.analysis.Definition = structuredClone(assets.analysis.Definition);
      assets.analysis.Definition.Sheets[0].SheetControlLayouts = [
        {
          Configuration: {
            GridLayout: {
              Elements: [{ ElementId: 'to', ElementType: 'PARAMETER_CONTROL', ColumnSpan: 2, RowSpan: 1 }],
            },
          },
        },
      ];
    }),
    'dashboard hand-made: has 65 owners and viewers, and at most 64 are taken. Have fewer',
    /sheet overview: places to, which the sheet does not have/,
  ],
  [
    'too many sheets',
    brokenAnalysis((definition, sheet) => {
      definition.Sheets = [
        sheet,
        ...Array.from({ length: 20 }, (_, index) => ({
          SheetId: `more${index}`,
          Layouts: [{ Configuration: { GridLayout: { Elements: [] } } }],
        })),
      ];
    }),
    'analysis hand-made: has 21 sheets, and at most 20 are taken. Have fewer',
  ],
  [
    'data sets that do not fit',
    brokenAssets((assets) => {
      const [traffic] = assets.dataSets;
      delete traffic.RowLevelPermissionDataSet;
      traffic.PhysicalTableMap = { the_answer: traffic.PhysicalTableMap.answer };
      traffic.PhysicalTableMap.the_answer.CustomSql.SqlQuery = 'SELECT <<$Until>>';
      traffic.PhysicalTableMap.the_answer.CustomSql.DataSourceArn += '-2';
      traffic.ColumnLevelPermissionRules = [{ ColumnNames: ['email'], Principals: [] }];
      assets.refreshSchedules.push({ ...assets.refreshSchedules[0], DataSetId: 'gone' });
      assets.dataSource.DataSourceId = 'hand made';
      assets.dashboard.ThemeArn += '-2';
    }),
    /asset hand made: has an id that the service does not take/,
    /data set hand-made-traffic: reads .*hand-made-2, which is not published with it/,
    /data set hand-made-traffic: has the table the_answer. Its name takes letters, digits and hyphens/,
    /names <<\$Until>> in its statement, which is no parameter of it/,
    /has the parameter From, which its statement does not name/,
    /restricts the column email, which it lacks/,
    /data set hand-made-rows: reads .*hand-made, which is not published with it/,
    /data set hand-made-traffic: does not follow the rules of rows/,
    /data set gone: has a refresh schedule and does not exist/,
    /dashboard hand-made: has the theme .*-light-2, which is not published with it/,
  ],
  [
    'rules of rows by a column that a data set lacks',
    brokenAssets((assets) => {
      assets.rowLevelDataSet.PhysicalTableMap.answer.CustomSql.Columns[1].Name = 'shop';
    }),
    /data set hand-made-traffic: lacks the column shop, by which hand-made-rows restricts rows/,
  ],
];

test.each(broken.map(([what, assets, ...expected]) => ({ what, assets, expected })))(
  'finds $what',
  ({ assets, expected }) => {
    const texts = checkAssets(assets).map(assetProblemText);
    expect(texts).toHaveLength(expected.length);
    for (const one of expected)
      expect(texts).toContainEqual(typeof one === 'string' ? one : expect.stringMatching(one));
  },
);
