import type {
  AnalysisDefinition,
  CreateDataSetCommandInput,
  GridLayoutElement,
  Visual,
} from '@aws-sdk/client-quicksight';
import type { QuickSightAssets } from '../../src/quicksight/index.ts';

const AwsAccountId = '123456789012';
/** A user who may look. */
export const viewer = `arn:aws:quicksight:us-east-1:${AwsAccountId}:user/default/bo`;
/** A user who may change everything. */
export const owner = `arn:aws:quicksight:us-east-1:${AwsAccountId}:user/default/ana`;

const column = (ColumnName: string) => ({ DataSetIdentifier: 'traffic', ColumnName });

const visitors: Visual = {
  KPIVisual: {
    VisualId: 'visitors',
    Title: { FormatText: { RichText: '<visual-title>Visitors</visual-title>' } },
    ChartConfiguration: {
      FieldWells: {
        Values: [
          {
            NumericalMeasureField: {
              FieldId: 'visitors.value',
              Column: column('visitors'),
              AggregationFunction: { SimpleNumericalAggregation: 'SUM' },
            },
          },
        ],
        TrendGroups: [
          { DateDimensionField: { FieldId: 'visitors.day', Column: column('day'), DateGranularity: 'DAY' } },
        ],
      },
      KPIOptions: {
        Comparison: { ComparisonMethod: 'PERCENT_DIFFERENCE' },
        PrimaryValueDisplayType: 'ACTUAL',
        SecondaryValue: { Visibility: 'VISIBLE' },
        TrendArrows: { Visibility: 'VISIBLE' },
      },
    },
  },
};

const brands: Visual = {
  BarChartVisual: {
    VisualId: 'brands',
    ChartConfiguration: {
      FieldWells: {
        BarChartAggregatedFieldWells: {
          Category: [{ CategoricalDimensionField: { FieldId: 'brands.brand', Column: column('brand') } }],
          Values: [
            {
              NumericalMeasureField: {
                FieldId: 'brands.rate',
                Column: column('rate'),
                AggregationFunction: { SimpleNumericalAggregation: 'SUM' },
              },
            },
          ],
        },
      },
      SortConfiguration: { CategorySort: [{ FieldSort: { FieldId: 'brands.rate', Direction: 'DESC' } }] },
      CategoryLabelOptions: {
        AxisLabelOptions: [
          { CustomLabel: 'Brand', ApplyTo: { FieldId: 'brands.brand', Column: column('brand') } },
        ],
      },
    },
  },
};

const placed = (ElementId: string, more: Partial<GridLayoutElement>): GridLayoutElement => ({
  ElementId,
  ElementType: 'VISUAL',
  ColumnIndex: 0,
  ColumnSpan: 18,
  RowIndex: 0,
  RowSpan: 8,
  ...more,
});

const definition = (arn: (kind: string, id: string) => string, id: string): AnalysisDefinition => ({
  DataSetIdentifierDeclarations: [{ Identifier: 'traffic', DataSetArn: arn('dataset', `${id}-traffic`) }],
  CalculatedFields: [
    { DataSetIdentifier: 'traffic', Name: 'rate', Expression: 'sum({buyers}) / sum({visitors})' },
  ],
  ParameterDeclarations: [
    {
      DateTimeParameterDeclaration: {
        Name: 'From',
        TimeGranularity: 'DAY',
        DefaultValues: { RollingDate: { Expression: "addDateTime(-7, 'DD', truncDate('DD', now()))" } },
        MappedDataSetParameters: [{ DataSetIdentifier: 'traffic', DataSetParameterName: 'From' }],
      },
    },
    {
      StringParameterDeclaration: {
        Name: 'Brand',
        ParameterValueType: 'MULTI_VALUED',
        DefaultValues: { StaticValues: ['acme'] },
      },
    },
  ],
  FilterGroups: [
    {
      FilterGroupId: 'by-brand',
      CrossDataset: 'SINGLE_DATASET',
      ScopeConfiguration: {
        SelectedSheets: {
          SheetVisualScopingConfigurations: [
            { SheetId: 'overview', Scope: 'SELECTED_VISUALS', VisualIds: ['brands'] },
          ],
        },
      },
      Filters: [
        {
          CategoryFilter: {
            FilterId: 'brand',
            Column: column('brand'),
            Configuration: {
              CustomFilterConfiguration: {
                MatchOperator: 'EQUALS',
                ParameterName: 'Brand',
                NullOption: 'ALL_VALUES',
              },
            },
          },
        },
      ],
    },
  ],
  Sheets: [
    {
      SheetId: 'overview',
      Name: 'Overview',
      Visuals: [visitors, brands],
      TextBoxes: [
        {
          SheetTextBoxId: 'about',
          Content: '<text-box><ul><li>Visitors are counted once</li></ul></text-box>',
        },
      ],
      ParameterControls: [
        { DateTimePicker: { ParameterControlId: 'from', Title: 'From', SourceParameterName: 'From' } },
        { TextArea: { ParameterControlId: 'brand', Title: 'Brand', SourceParameterName: 'Brand' } },
      ],
      Layouts: [
        {
          Configuration: {
            GridLayout: {
              Elements: [
                placed('visitors', {}),
                placed('brands', { ColumnIndex: 18 }),
                placed('about', { ElementType: 'TEXT_BOX', RowIndex: 8, ColumnSpan: 36 }),
              ],
            },
          },
        },
      ],
    },
  ],
});

/** A small dashboard as its requests, written by hand, in which nothing is wrong. */
export function handMadeAssets(id = 'hand-made'): QuickSightAssets {
  const arn = (kind: string, own: string): string =>
    `arn:aws:quicksight:us-east-1:${AwsAccountId}:${kind}/${own}`;
  const DataSourceArn = arn('datasource', id);
  const dataSet = (
    own: string,
    sql: string,
    columns: Readonly<Record<string, 'STRING' | 'INTEGER' | 'DATETIME'>>,
  ): CreateDataSetCommandInput => ({
    AwsAccountId,
    DataSetId: `${id}-${own}`,
    Name: own,
    ImportMode: 'SPICE',
    PhysicalTableMap: {
      answer: {
        CustomSql: {
          DataSourceArn,
          Name: 'Answer',
          SqlQuery: sql,
          Columns: Object.entries(columns).map(([Name, Type]) => ({ Name, Type })),
        },
      },
    },
  });
  const rules = dataSet('rows', "SELECT 'arn' AS user_arn, 'acme' AS brand", {
    user_arn: 'STRING',
    brand: 'STRING',
  });
  const schedule = (own: string): QuickSightAssets['refreshSchedules'][number] => ({
    AwsAccountId,
    DataSetId: `${id}-${own}`,
    Schedule: {
      ScheduleId: 'daily',
      RefreshType: 'FULL_REFRESH',
      ScheduleFrequency: { Interval: 'DAILY', TimeOfTheDay: '05:00', Timezone: 'UTC' },
    },
  });
  const shown = {
    AwsAccountId,
    Name: 'Shop',
    ThemeArn: arn('theme', `${id}-light`),
    Definition: definition(arn, id),
  };
  return {
    dataSource: {
      AwsAccountId,
      DataSourceId: id,
      Name: 'Shop',
      Type: 'ATHENA',
      DataSourceParameters: { AthenaParameters: { WorkGroup: 'headwater_shop' } },
    },
    rowLevelDataSet: {
      ...rules,
      UseAs: 'RLS_RULES',
      LogicalTableMap: {
        rules: {
          Alias: 'rules',
          Source: { PhysicalTableId: 'answer' },
          DataTransforms: [{ RenameColumnOperation: { ColumnName: 'user_arn', NewColumnName: 'UserARN' } }],
        },
      },
    },
    dataSets: [
      {
        ...dataSet('traffic', 'SELECT day, brand, visitors, buyers FROM t WHERE day >= <<$From>>', {
          day: 'DATETIME',
          brand: 'STRING',
          visitors: 'INTEGER',
          buyers: 'INTEGER',
        }),
        DatasetParameters: [
          {
            DateTimeDatasetParameter: {
              Id: 'from',
              Name: 'From',
              ValueType: 'SINGLE_VALUED',
              TimeGranularity: 'DAY',
              DefaultValues: { StaticValues: [new Date('2024-03-03T00:00:00Z')] },
            },
          },
        ],
        RowLevelPermissionDataSet: {
          Arn: arn('dataset', `${id}-rows`),
          PermissionPolicy: 'GRANT_ACCESS',
          FormatVersion: 'VERSION_2',
          Status: 'ENABLED',
        },
      },
    ],
    themes: [
      {
        AwsAccountId,
        ThemeId: `${id}-light`,
        Name: 'Light',
        BaseThemeId: 'CLASSIC',
        Configuration: { UIColorPalette: { PrimaryBackground: '#FFFFFF' } },
      },
    ],
    analysis: { ...shown, AnalysisId: id },
    dashboard: { ...shown, DashboardId: id },
    refreshSchedules: [schedule('rows'), schedule('traffic')],
    principals: { owners: [owner], viewers: [viewer] },
  };
}
