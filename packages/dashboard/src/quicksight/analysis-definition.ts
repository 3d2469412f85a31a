import type {
  AnalysisDefinition,
  CalculatedField,
  FilterGroup,
  GridLayoutElement,
  MappedDataSetParameter,
  SheetDefinition,
} from '@aws-sdk/client-quicksight';
import type { ColorTokens } from '../vega/color-tokens.ts';
import type { ChartPlan } from './chart-plan.ts';
import { type DataSetPlan, roleColumns } from './data-set-plan.ts';
import { filterValue } from './filter-values.ts';
import { type FilterName, type ParameterName, parameterControl, parameterDeclaration } from './parameters.ts';
import { columnName } from './quicksight-names.ts';
import { periodByGrain, visualOf } from './visual-of.ts';

/** What an analysis is made of. */
export interface AnalysisParts {
  readonly plans: readonly ChartPlan[];
  /** All data sets, by their ids. */
  readonly dataSets: readonly DataSetPlan[];
  /** The data set of the values of a filter, by its parameter. */
  readonly values: ReadonlyMap<FilterName, DataSetPlan>;
  readonly arnOf: (dataSet: DataSetPlan) => string;
  readonly colors: ColorTokens;
  readonly days: number;
  readonly hasRoles: boolean;
}

const sheets = [
  { id: 'overview', name: 'Overview' },
  { id: 'metrics', name: 'Metrics' },
] as const;

/** Columns of the grid of QuickSight. The page has twelve. */
const gridColumns = 36;
const gridRows = { kpi: 5, other: 12 } as const;

/**
 * The definition that an analysis and its dashboard share: sheets with visuals, parameters with controls, filters, calculated fields. All lists are
 * in the order of the charts, or sorted by id.
 */
export function analysisDefinition(parts: AnalysisParts): AnalysisDefinition {
  const { plans, dataSets, arnOf, days } = parts;
  const parameters = usedParameters(parts);
  return {
    DataSetIdentifierDeclarations: dataSets.map((one) => ({ Identifier: one.id, DataSetArn: arnOf(one) })),
    Sheets: sheets.flatMap(({ id, name }) => {
      const own = plans.filter(({ chart }) => chart.sheet === id);
      return own.length === 0 ? [] : [sheetOf(id, name, own, parts)];
    }),
    CalculatedFields: calculatedFields(plans),
    ParameterDeclarations: parameters.map((name) =>
      parameterDeclaration(name, days, mappedTo(name, dataSets)),
    ),
    FilterGroups: filterGroups(parts),
    // Weeks of statements begin on Monday, days and hours are UTC.
    Options: { Timezone: 'UTC', WeekStart: 'MONDAY' },
  };
}

const order: readonly ParameterName[] = ['From', 'To', 'Grain', 'Category', 'Brand', 'Item'];

/** The parameters that data sets, filters or calculated fields of some charts use. */
function usedParameters({ plans }: Pick<AnalysisParts, 'plans'>): readonly ParameterName[] {
  const used = new Set<ParameterName>(plans.flatMap(({ dataSet }) => dataSet.parameters));
  if (plans.some(({ dataSet }) => dataSet.mode === 'spice'))
    for (const name of ['From', 'To'] as const) used.add(name);
  if (plans.some(({ regroups }) => regroups)) used.add('Grain');
  return order.filter((name) => used.has(name));
}

const mappedTo = (name: ParameterName, dataSets: readonly DataSetPlan[]): MappedDataSetParameter[] =>
  dataSets
    .filter(({ parameters }) => parameters.includes(name))
    .map(({ id }) => ({ DataSetIdentifier: id, DataSetParameterName: name }));

function sheetOf(
  id: string,
  name: string,
  plans: readonly ChartPlan[],
  parts: AnalysisParts,
): SheetDefinition {
  const controls = usedParameters({ plans }).map((parameter) => {
    const values = parts.values.get(parameter as FilterName);
    return parameterControl(
      id,
      parameter,
      values && { DataSetIdentifier: values.id, ColumnName: filterValue },
    );
  });
  return {
    SheetId: id,
    Name: name,
    ContentType: 'INTERACTIVE',
    Visuals: plans.map((plan) => visualOf(plan, parts.colors)),
    Layouts: [{ Configuration: { GridLayout: { Elements: gridElements(plans) } } }],
    ParameterControls: controls,
    SheetControlLayouts: [
      {
        Configuration: {
          GridLayout: {
            Elements: controls.map((control) => ({
              ElementId: Object.values(control)[0]?.ParameterControlId ?? '',
              ElementType: 'PARAMETER_CONTROL',
              ColumnSpan: 2,
              RowSpan: 1,
            })),
          },
        },
      },
    ],
  };
}

/** Visuals from left to right, in rows as high as their highest. */
function gridElements(plans: readonly ChartPlan[]): GridLayoutElement[] {
  let [column, row, height] = [0, 0, 0];
  return plans.map(({ chart, spec }) => {
    const [span, rows] = [chart.span * 3, spec.mark === 'kpi' ? gridRows.kpi : gridRows.other];
    if (column + span > gridColumns) [column, row, height] = [0, row + height, 0];
    const element: GridLayoutElement = {
      ElementId: chart.id,
      ElementType: 'VISUAL',
      ColumnIndex: column,
      ColumnSpan: span,
      RowIndex: row,
      RowSpan: rows,
    };
    [column, height] = [column + span, Math.max(height, rows)];
    return element;
  });
}

/** Ratios by the sums of their parts, and periods by the grain; one for each data set and name. */
function calculatedFields(plans: readonly ChartPlan[]): CalculatedField[] {
  const found = new Map<string, CalculatedField>();
  for (const { dataSet, aggregations, regroups, columns } of plans) {
    const add = (Name: string, Expression: string) =>
      found.set(`${dataSet.id} ${Name}`, { DataSetIdentifier: dataSet.id, Name, Expression });
    for (const [name, aggregation] of aggregations)
      if (aggregation.kind === 'calculated') add(columnName(name), aggregation.expression);
    const period = columns.find(({ kind }) => kind === 'time');
    if (regroups && period) {
      const name = columnName(period.name);
      // biome-ignore lint/suspicious/noTemplateCurlyInString: QuickSight names parameters so.
      const grain = '${Grain}';
      add(
        periodByGrain,
        `ifelse(${grain} = 'week', {${name}_week}, ${grain} = 'month', {${name}_month}, {${name}})`,
      );
    }
  }
  return [...found.keys()].toSorted().flatMap((key) => found.get(key) ?? []);
}

/** Days, for rows in SPICE; and one role for each reader. */
function filterGroups({ plans, dataSets, hasRoles }: AnalysisParts): FilterGroup[] {
  const charted = dataSets.filter(({ id }) => plans.some(({ dataSet }) => dataSet.id === id));
  return charted.flatMap((dataSet) => {
    const period = dataSet.columns.find(({ type }) => type === 'DATETIME');
    const days = dataSet.mode === 'spice' && period ? [daysFilter(dataSet, period.name, plans)] : [];
    return [...days, ...(hasRoles ? [roleFilter(dataSet, plans)] : [])];
  });
}

const scopeOf = ({ id }: DataSetPlan, plans: readonly ChartPlan[]): FilterGroup['ScopeConfiguration'] => ({
  SelectedSheets: {
    SheetVisualScopingConfigurations: sheets
      .filter((sheet) => plans.some(({ chart, dataSet }) => chart.sheet === sheet.id && dataSet.id === id))
      .map((sheet) => ({ SheetId: sheet.id, Scope: 'ALL_VISUALS' })),
  },
});

const daysFilter = (dataSet: DataSetPlan, column: string, plans: readonly ChartPlan[]): FilterGroup => ({
  FilterGroupId: `${dataSet.id}-days`,
  Filters: [
    {
      TimeRangeFilter: {
        FilterId: `${dataSet.id}-days`,
        Column: { DataSetIdentifier: dataSet.id, ColumnName: column },
        RangeMinimumValue: { Parameter: 'From' },
        RangeMaximumValue: { Parameter: 'To' },
        IncludeMinimum: true,
        IncludeMaximum: true,
        NullOption: 'NON_NULLS_ONLY',
        TimeGranularity: 'DAY',
      },
    },
  ],
  ScopeConfiguration: scopeOf(dataSet, plans),
  Status: 'ENABLED',
  CrossDataset: 'SINGLE_DATASET',
});

/**
 * The first role of those whose rows a reader may see. Rows of two roles are of the same events, and would be counted twice: an owner of a data set
 * may see all its rows, and somebody may be in two groups.
 */
const roleFilter = (dataSet: DataSetPlan, plans: readonly ChartPlan[]): FilterGroup => ({
  FilterGroupId: `${dataSet.id}-role`,
  Filters: [
    {
      TopBottomFilter: {
        FilterId: `${dataSet.id}-role`,
        Column: { DataSetIdentifier: dataSet.id, ColumnName: roleColumns.role },
        Limit: 1,
        AggregationSortConfigurations: [
          {
            Column: { DataSetIdentifier: dataSet.id, ColumnName: roleColumns.rank },
            SortDirection: 'ASC',
            AggregationFunction: { NumericalAggregationFunction: { SimpleNumericalAggregation: 'MIN' } },
          },
        ],
      },
    },
  ],
  ScopeConfiguration: scopeOf(dataSet, plans),
  Status: 'ENABLED',
  CrossDataset: 'SINGLE_DATASET',
});
