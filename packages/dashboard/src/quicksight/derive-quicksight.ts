import type { CreateRefreshScheduleCommandInput } from '@aws-sdk/client-quicksight';
import { type AwsTarget, type EventsTable, HeadwaterError, type QuickSightConfig } from '@headwater/core';
import { isPlainColumn, type MetricRegistry } from '@headwater/queries';
import { analysisDefinition } from './analysis-definition.ts';
import { boardCharts } from './board-charts.ts';
import { type ChartPlan, type PlanContext, planChart } from './chart-plan.ts';
import type { DataSetPlan } from './data-set-plan.ts';
import { dataSetRequest, principalsOf } from './data-set-request.ts';
import { filterValues } from './filter-values.ts';
import type { FilterName } from './parameters.ts';
import type { LeftOut, QuickSightAssets } from './quicksight-assets.ts';
import { assetArn, assetId, quickSightPlace } from './quicksight-names.ts';
import { rosterDataSet, rowRoles } from './row-roles.ts';
import { themeColors } from './theme-colors.ts';
import { quickSightThemes } from './themes.ts';

/** What a dashboard is derived from. */
export interface QuickSightOptions {
  readonly table: EventsTable;
  readonly metrics: MetricRegistry;
  readonly aws: AwsTarget;
  readonly config: QuickSightConfig;
}

/** The assets of a dashboard, and what it has not with the reasons. */
export interface DerivedQuickSight {
  readonly assets: QuickSightAssets;
  readonly leftOut: LeftOut;
}

/**
 * A dashboard of a table on QuickSight: the charts of the page, and one of each other metric, with filters, days and grain to choose, in the colours of
 * the page. It is pure: the same definition, metrics and config give the same assets. Nothing is sent.
 *
 * @throws HeadwaterError `OPTION_INVALID` for a column or values of `rows` that the table does not have, and where no chart is left
 * @example
 * ```ts
 * const { assets, leftOut } = deriveQuickSight({ table: clickstream, metrics, aws, config: { owners: [arn] } });
 * assets.dashboard.DashboardId; // 'headwater-shop-clickstream-dashboard'
 * ```
 */
export const deriveQuickSight = (options: QuickSightOptions): DerivedQuickSight =>
  derivedFrom(options, planContext(options));

/** {@link deriveQuickSight}, with what all charts follow from: a test has the statements of another engine. */
export function derivedFrom(options: QuickSightOptions, context: PlanContext): DerivedQuickSight {
  const { table, metrics, aws, config } = options;
  const place = quickSightPlace(aws, table.name, config);
  const charts = boardCharts(metrics).map((chart) => planChart(chart, context));
  const plans = charts.filter((one): one is ChartPlan => !('reason' in one));
  const leftOut = Object.fromEntries(
    charts.flatMap((one) => ('reason' in one ? [[one.chart.id, one.reason] as const] : [])),
  );
  const [first] = Object.values(leftOut);
  if (plans.length === 0)
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'quicksight',
      value: `a dashboard of ${table.name} without a chart (the first: ${first})`,
      expected: 'a table and a config that leave one',
    });
  const values = new Map(
    (Object.entries(context.filters) as [FilterName, string][])
      // Items are typed: a shop has more of them than a list shows.
      .filter(([name]) => name !== 'Item' && plans.some(({ dataSet }) => dataSet.parameters.includes(name)))
      .map(([name, column]) => [name, filterValues(name, column, context)] as const),
  );
  const dataSets = onceEach([...plans.map(({ dataSet }) => dataSet), ...values.values()]);
  const dataSource = assetId(place, 'athena');
  const sourceArn = assetArn(place, 'datasource', dataSource);
  const hasRoles = context.roles !== undefined;
  const request = {
    place,
    dataSource: sourceArn,
    firstDay: aws.firstDay,
    hasRoles,
    personalData: config.personalData,
  };
  const { theme = 'light', title = table.name, days = 7, owners, viewers = [] } = config;
  const definition = analysisDefinition({
    plans,
    dataSets,
    values,
    arnOf: ({ id }) => assetArn(place, 'dataset', assetId(place, id)),
    colors: themeColors(theme),
    days,
    hasRoles,
  });
  const shown = {
    AwsAccountId: place.account,
    Name: title,
    ThemeArn: assetArn(place, 'theme', assetId(place, theme)),
  };
  const assets: QuickSightAssets = {
    dataSource: {
      AwsAccountId: place.account,
      DataSourceId: dataSource,
      Name: `${place.prefix}: Athena`,
      Type: 'ATHENA',
      DataSourceParameters: { AthenaParameters: { WorkGroup: aws.workgroup } },
      SslProperties: { DisableSsl: false },
    },
    ...(context.roles ? { rowLevelDataSet: rosterDataSet(place, sourceArn, context.roles) } : {}),
    dataSets: dataSets.map((one) => dataSetRequest(one, request)),
    themes: quickSightThemes(place),
    analysis: { ...shown, AnalysisId: assetId(place, 'analysis'), Definition: definition },
    dashboard: {
      ...shown,
      DashboardId: assetId(place, 'dashboard'),
      Definition: definition,
      DashboardPublishOptions: {
        // A filter that is not the dashboard's could add up what does not add up.
        AdHocFilteringOption: { AvailabilityStatus: 'DISABLED' },
        ExportToCSVOption: { AvailabilityStatus: 'ENABLED' },
        SheetControlsOption: { VisibilityState: 'EXPANDED' },
      },
    },
    refreshSchedules: dataSets
      .filter(({ mode }) => mode === 'spice')
      .map(({ id }) => refreshSchedule(place.account, assetId(place, id), config.refresh)),
    principals: { owners: owners.toSorted(), viewers: viewers.toSorted() },
  };
  return { assets, leftOut };
}

/** What plans of charts follow from. */
export function planContext(
  { table, metrics, aws, config }: QuickSightOptions,
  engine: PlanContext['engine'] = 'trino',
): PlanContext {
  const { schema, name } = table;
  return {
    table,
    metrics,
    mode: config.mode ?? 'direct',
    roles: rowRoles(config.rows, schema),
    filters: filterColumns(table),
    isVisible: (pii) => pii === 'none' || principalsOf(pii, config.personalData).length > 0,
    // Days that are yet to come are empty. A last day that moves would make another statement each day.
    storedDays: { from: aws.firstDay, to: aws.lastDay ?? '2099-12-31' },
    source: engine === 'trino' ? `"${aws.database}"."${name}"` : `"${name}"`,
    engine,
  };
}

/** The columns that a reader may filter by: those of the page, where a later value can take the place of one. */
function filterColumns({ schema }: EventsTable): PlanContext['filters'] {
  const kinds: ReadonlySet<string> = new Set(['string', 'uuid', 'int32', 'int64']);
  const roles = { Category: 'category', Brand: 'brand', Item: 'item' } as const satisfies Record<
    FilterName,
    string
  >;
  return Object.fromEntries(
    Object.entries(roles).flatMap(([filter, role]) => {
      const column = schema.columns.find(({ name }) => name === schema.roles[role]);
      return column && isPlainColumn(column) && kinds.has(column.type.kind) && column.pii === 'none'
        ? [[filter, column.name]]
        : [];
    }),
  );
}

/** Data sets by their ids, each once: charts of one answer share it. */
function onceEach(plans: readonly DataSetPlan[]): readonly DataSetPlan[] {
  const found = new Map<string, DataSetPlan>();
  for (const plan of plans) {
    const other = found.get(plan.id);
    if (other && other.sql !== plan.sql) throw new Error(`Two data sets are called ${plan.id}`);
    found.set(plan.id, plan);
  }
  return [...found.keys()].toSorted().flatMap((id) => found.get(id) ?? []);
}

/**
 * When a data set in SPICE is read again: each day, wholly, since late events change rows of earlier days
 * (https://docs.aws.amazon.com/quicksight/latest/APIReference/API_RefreshSchedule.html).
 */
const refreshSchedule = (
  account: string,
  id: string,
  { at = '05:00', zone = 'UTC' }: { readonly at?: string; readonly zone?: string } = {},
): CreateRefreshScheduleCommandInput => ({
  AwsAccountId: account,
  DataSetId: id,
  Schedule: {
    ScheduleId: `${id}-daily`,
    RefreshType: 'FULL_REFRESH',
    ScheduleFrequency: { Interval: 'DAILY', TimeOfTheDay: at, Timezone: zone },
  },
});
