import type {
  AxisLabelOptions,
  ChartAxisLabelOptions,
  DimensionField,
  FieldSortOptions,
  MeasureField,
  NumberFormatConfiguration,
  Visual,
  VisualTitleLabelOptions,
} from '@aws-sdk/client-quicksight';
import { HeadwaterError } from '@headwater/core';
import type { ChartSpec, DimensionChannel, MeasureChannel } from '../chart/chart-spec.ts';
import { drawnMeasures } from '../chart/drawn-measures.ts';
import type { FigureFormat } from '../chart/figure-format.ts';
import type { ColorTokens } from '../vega/color-tokens.ts';
import type { ChartPlan } from './chart-plan.ts';
import { columnName } from './quicksight-names.ts';

/** The calculated field that puts periods together by the grain, in SPICE. */
export const periodByGrain = 'period_by_grain';

/** The fields of a visual, by the columns of the chart description. */
interface Fields {
  readonly id: string;
  readonly title: VisualTitleLabelOptions;
  dimension(channel: DimensionChannel): DimensionField;
  measure(channel: MeasureChannel): MeasureField;
  /** The name of an axis. QuickSight ignores one that does not say which field it is of. */
  label(channel: DimensionChannel | MeasureChannel): ChartAxisLabelOptions;
  readonly colors: ColorTokens;
}

/** The visual of a chart: the marks and channels of the description, in QuickSight's field wells. */
export function visualOf(plan: ChartPlan, colors: ColorTokens): Visual {
  const fields = fieldsOf(plan, colors);
  const { spec } = plan;
  const visuals: { readonly [Mark in ChartSpec['mark']]: () => Visual } = {
    kpi: () => kpiVisual(fields, spec),
    line: () => lineVisual(fields, spec),
    bar: () => barVisual(fields, spec),
    funnel: () => funnelVisual(fields, plan),
    heatmap: () => heatmapVisual(fields, spec),
    table: () => tableVisual(fields, spec),
  };
  return visuals[spec.mark]();
}

function fieldsOf({ chart, dataSet, aggregations, regroups }: ChartPlan, colors: ColorTokens): Fields {
  const field = (name: string) => ({
    FieldId: `${chart.id}.${name}`,
    Column: { DataSetIdentifier: dataSet.id, ColumnName: name },
  });
  const nameOf = ({ column, ...rest }: DimensionChannel | MeasureChannel): string =>
    regroups && 'kind' in rest && rest.kind === 'time' ? periodByGrain : columnName(column);
  return {
    id: chart.id,
    title: { Visibility: 'VISIBLE', FormatText: { PlainText: chart.title } },
    colors,
    dimension(channel) {
      const name = nameOf(channel);
      const type =
        name === periodByGrain ? 'DATETIME' : dataSet.columns.find((one) => one.name === name)?.type;
      if (type === 'DATETIME')
        return {
          DateDimensionField: {
            ...field(name),
            DateGranularity: 'DAY',
            FormatConfiguration: { DateTimeFormat: 'D MMM YYYY' },
          },
        };
      if (type === 'INTEGER') return { NumericalDimensionField: field(name) };
      return {
        CategoricalDimensionField: {
          ...field(name),
          FormatConfiguration: { NullValueFormatConfiguration: { NullString: '(none)' } },
        },
      };
    },
    measure(channel) {
      const name = nameOf(channel);
      const aggregation = aggregations.get(channel.column);
      return {
        NumericalMeasureField: {
          ...field(name),
          ...(aggregation?.kind === 'function'
            ? { AggregationFunction: { SimpleNumericalAggregation: aggregation.of } }
            : {}),
          FormatConfiguration: numberFormat(channel.format),
        },
      };
    },
    label(channel) {
      const { FieldId, Column } = field(nameOf(channel));
      const own: AxisLabelOptions = { CustomLabel: channel.title, ApplyTo: { FieldId, Column } };
      return { Visibility: 'VISIBLE', AxisLabelOptions: [own] };
    },
  };
}

type SpecOf<Mark extends ChartSpec['mark']> = Extract<ChartSpec, { mark: Mark }>;

const font = (size: 'EXTRA_LARGE' | 'MEDIUM') => ({ FontSize: { Relative: size } }) as const;

/** A figure. A KPI with a trend shows the last period alone, and not the range, so it has none. */
function kpiVisual({ id, title, measure }: Fields, spec: ChartSpec): Visual {
  const { value } = spec as SpecOf<'kpi'>;
  return {
    KPIVisual: {
      VisualId: id,
      Title: title,
      ChartConfiguration: {
        FieldWells: { Values: [measure(value)], TargetValues: [], TrendGroups: [] },
        // All of them: QuickSight takes a part of these options, and then shows nothing.
        KPIOptions: {
          Comparison: { ComparisonMethod: 'DIFFERENCE' },
          PrimaryValueDisplayType: 'ACTUAL',
          PrimaryValueFontConfiguration: font('EXTRA_LARGE'),
          SecondaryValueFontConfiguration: font('MEDIUM'),
          SecondaryValue: { Visibility: 'HIDDEN' },
          ProgressBar: { Visibility: 'HIDDEN' },
          TrendArrows: { Visibility: 'HIDDEN' },
        },
      },
    },
  };
}

function lineVisual({ id, title, dimension, measure, label }: Fields, spec: ChartSpec): Visual {
  const { x, y, series } = spec as SpecOf<'line'>;
  return {
    LineChartVisual: {
      VisualId: id,
      Title: title,
      ChartConfiguration: {
        FieldWells: {
          LineChartAggregatedFieldWells: {
            Category: [dimension(x)],
            Values: y.map(measure),
            ...(series ? { Colors: [dimension(series)] } : {}),
          },
        },
        Type: 'LINE',
        XAxisLabelOptions: label(x),
        PrimaryYAxisLabelOptions: label(y[0]),
      },
    },
  };
}

function barVisual({ id, title, dimension, measure, label }: Fields, spec: ChartSpec): Visual {
  const { x, y, series } = spec as SpecOf<'bar'>;
  const isOrdered = x.kind === 'hour' || x.kind === 'weekday' || x.kind === 'time' || x.kind === 'offset';
  const sort: FieldSortOptions = {
    FieldSort: {
      FieldId: `${id}.${columnName(isOrdered ? x.column : y.column)}`,
      Direction: isOrdered ? 'ASC' : 'DESC',
    },
  };
  return {
    BarChartVisual: {
      VisualId: id,
      Title: title,
      ChartConfiguration: {
        FieldWells: {
          BarChartAggregatedFieldWells: {
            Category: [dimension(x)],
            Values: [measure(y)],
            ...(series ? { Colors: [dimension(series)] } : {}),
          },
        },
        SortConfiguration: { CategorySort: [sort] },
        Orientation: isOrdered ? 'VERTICAL' : 'HORIZONTAL',
        BarsArrangement: 'CLUSTERED',
        CategoryLabelOptions: label(x),
        ValueLabelOptions: label(y),
      },
    },
  };
}

/** Steps in their order, and not in that of their counts: a later step may be larger. */
function funnelVisual({ id, title, dimension, measure }: Fields, plan: ChartPlan): Visual {
  const { steps } = plan.spec as SpecOf<'funnel'>;
  const isColumns = steps.kind === 'columns';
  const [first] = drawnMeasures(plan.spec);
  if (!first)
    throw new HeadwaterError('METRIC_PARAMETERS_INVALID', {
      metric: plan.spec.metric,
      problem: 'a funnel has no steps',
    });
  const step: DimensionChannel = isColumns ? { column: 'step', title: 'Step', kind: 'text' } : steps.step;
  const value: MeasureChannel = isColumns ? { ...first, column: 'reached', title: 'Reached' } : steps.value;
  const measured = isColumns
    ? { NumericalMeasureField: { ...measure(first).NumericalMeasureField, ...reached(plan) } }
    : measure(value);
  return {
    FunnelChartVisual: {
      VisualId: id,
      Title: title,
      ChartConfiguration: {
        FieldWells: { FunnelChartAggregatedFieldWells: { Category: [dimension(step)], Values: [measured] } },
        SortConfiguration: {
          CategorySort: [
            {
              ColumnSort: {
                SortBy: {
                  DataSetIdentifier: plan.dataSet.id,
                  ColumnName: isColumns ? 'position' : orderOf(plan),
                },
                Direction: 'ASC',
                AggregationFunction: { NumericalAggregationFunction: { SimpleNumericalAggregation: 'MIN' } },
              },
            },
          ],
        },
        DataLabelOptions: {
          Visibility: 'VISIBLE',
          MeasureDataLabelStyle: 'VALUE_AND_PERCENTAGE_BY_FIRST_STAGE',
        },
      },
    },
  };
}

const reached = ({ chart, dataSet }: ChartPlan) => ({
  FieldId: `${chart.id}.reached`,
  Column: { DataSetIdentifier: dataSet.id, ColumnName: 'reached' },
});

/** The column that numbers the steps of a funnel of rows. */
const orderOf = ({ columns }: ChartPlan): string =>
  columnName(columns.find(({ kind, name }) => kind === 'rank' || name === 'step')?.name ?? 'step');

function heatmapVisual({ id, title, dimension, measure, label, colors }: Fields, spec: ChartSpec): Visual {
  const { x, y, value } = spec as SpecOf<'heatmap'>;
  const ascending = (column: string): FieldSortOptions => ({
    FieldSort: { FieldId: `${id}.${columnName(column)}`, Direction: 'ASC' },
  });
  return {
    HeatMapVisual: {
      VisualId: id,
      Title: title,
      ChartConfiguration: {
        FieldWells: {
          HeatMapAggregatedFieldWells: {
            Rows: [dimension(y)],
            Columns: [dimension(x)],
            Values: [measure(value)],
          },
        },
        SortConfiguration: {
          HeatMapRowSort: [ascending(y.column)],
          HeatMapColumnSort: [ascending(x.column)],
        },
        RowLabelOptions: label(y),
        ColumnLabelOptions: label(x),
        ColorScale: {
          Colors: [{ Color: colors.heat0 }, { Color: colors.heat2 }, { Color: colors.heat4 }],
          ColorFillType: 'GRADIENT',
        },
      },
    },
  };
}

function tableVisual({ id, title, dimension, measure }: Fields, spec: ChartSpec): Visual {
  const { table } = spec as SpecOf<'table'>;
  const dimensions = table.filter((one): one is DimensionChannel => !('format' in one));
  const measures = table.filter((one): one is MeasureChannel => 'format' in one);
  const [first] = dimensions;
  return {
    TableVisual: {
      VisualId: id,
      Title: title,
      ChartConfiguration: {
        FieldWells: {
          TableAggregatedFieldWells: { GroupBy: dimensions.map(dimension), Values: measures.map(measure) },
        },
        ...(first
          ? {
              SortConfiguration: {
                RowSort: [{ FieldSort: { FieldId: `${id}.${columnName(first.column)}`, Direction: 'ASC' } }],
              },
            }
          : {}),
        FieldOptions: {
          SelectedFieldOptions: table.map(({ column, title: words }) => ({
            FieldId: `${id}.${columnName(column)}`,
            CustomLabel: words,
            Visibility: 'VISIBLE',
          })),
        },
      },
    },
  };
}

/** How QuickSight writes a figure, as the page does: thousands with commas, shares in percent. */
function numberFormat({ kind, digits }: FigureFormat): NumberFormatConfiguration {
  const DecimalPlacesConfiguration = { DecimalPlaces: digits };
  const SeparatorConfiguration = { ThousandsSeparator: { Symbol: 'COMMA', Visibility: 'VISIBLE' } } as const;
  return {
    FormatConfiguration:
      kind === 'share' || kind === 'points'
        ? { PercentageDisplayFormatConfiguration: { DecimalPlacesConfiguration } }
        : {
            NumberDisplayFormatConfiguration: {
              DecimalPlacesConfiguration,
              SeparatorConfiguration,
              NumberScale: 'NONE',
            },
          },
  };
}
