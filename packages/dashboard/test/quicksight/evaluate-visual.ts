import type {
  AnalysisDefinition,
  CreateDataSetCommandInput,
  DimensionField,
  Filter,
  MeasureField,
  SimpleNumericalAggregationFunction,
} from '@aws-sdk/client-quicksight';
import type { QuickSightAssets } from '../../src/quicksight/quicksight-assets.ts';
import { evaluateExpression, sumOf } from './evaluate-expression.ts';

type Row = Readonly<Record<string, unknown>>;

/** What a reader sees, and how: the values of the controls, and who reads. */
export interface Reader {
  readonly parameters: Readonly<Record<string, string | readonly string[] | Date>>;
  /** The ARN of a user or a group; undefined for whoever sees all rows of a data set, as an owner may. */
  readonly principal?: string;
  /** Runs a statement on the engine. */
  run(sql: string): Promise<readonly Row[]>;
}

/** A group of a visual: the values of its dimensions, and those of its measures, by field. */
export interface VisualRow {
  readonly dimensions: Readonly<Record<string, unknown>>;
  readonly measures: Readonly<Record<string, number | null>>;
}

/**
 * The figures that a visual shows: its data set's statement, with parameters filled in as QuickSight does, run on the engine; the rows that the
 * reader may see; the filters of its sheet; its calculated fields, groups and aggregations. It is written from QuickSight's documentation, and shares
 * nothing with what derives the visual.
 */
export async function evaluateVisual(
  assets: QuickSightAssets,
  id: string,
  reader: Reader,
): Promise<VisualRow[]> {
  const definition = assets.analysis.Definition;
  if (!definition) throw new Error('The analysis has no definition');
  const { sheet, dimensions, measures } = fieldsOf(definition, id);
  const identifiers = new Set([...dimensions, ...measures].map(({ Column }) => Column?.DataSetIdentifier));
  const [identifier] = identifiers;
  if (identifiers.size !== 1 || identifier === undefined)
    throw new Error(`${id} is of ${identifiers.size} data sets`);
  const dataSet = dataSetOf(assets, definition, identifier);
  const parameters = Object.fromEntries(parametersOf(definition, reader.parameters));
  const all = await reader.run(filledSql(dataSet, definition, identifier, parameters));
  assertColumns(dataSet, all);
  let rows: readonly Row[] = await permittedRows(assets, dataSet, all, reader);
  for (const filter of filtersOf(definition, sheet, id, identifier))
    rows = filtered(rows, filter, parameters);
  const calculated = new Map(
    (definition.CalculatedFields ?? [])
      .filter(({ DataSetIdentifier }) => DataSetIdentifier === identifier)
      .map(({ Name, Expression }) => [Name ?? '', Expression ?? '']),
  );
  const dimensionOf = (row: Row, field: (typeof dimensions)[number]): unknown => {
    const name = field.Column?.ColumnName ?? '';
    const expression = calculated.get(name);
    const value = expression === undefined ? row[name] : evaluateExpression(expression, { parameters, row });
    if (value === undefined) throw new Error(`${identifier} has no ${name}`);
    return value instanceof Date ? value.toISOString().slice(0, 10) : value;
  };
  const groups = Map.groupBy(rows, (row) =>
    JSON.stringify(dimensions.map((field) => String(dimensionOf(row, field)))),
  );
  // Without a dimension, there is one group, even of no row.
  if (dimensions.length === 0 && groups.size === 0) groups.set('[]', []);
  return [...groups.values()].map(
    (group): VisualRow => ({
      dimensions: Object.fromEntries(
        dimensions.map((field) => [field.Column?.ColumnName, group[0] && dimensionOf(group[0], field)]),
      ),
      measures: Object.fromEntries(
        measures.map(({ Column, AggregationFunction }) => {
          const name = Column?.ColumnName ?? '';
          const simple = AggregationFunction?.SimpleNumericalAggregation;
          const expression = calculated.get(name);
          if (simple === undefined) {
            if (expression === undefined)
              throw new Error(`${name} of ${id} is neither aggregated nor calculated`);
            return [name, evaluateExpression(expression, { parameters, rows: group }) as number | null];
          }
          if (expression !== undefined) throw new Error(`${name} of ${id} is aggregated twice`);
          return [
            name,
            aggregate(
              simple,
              group.map((row) => row[name]),
            ),
          ];
        }),
      ),
    }),
  );
}

function aggregate(of: SimpleNumericalAggregationFunction, values: readonly unknown[]): number | null {
  const numbers = values.filter((one) => one !== null).map(Number);
  if (numbers.some(Number.isNaN))
    throw new Error(`${values.find((one) => Number.isNaN(Number(one)))} is no number`);
  if (numbers.length === 0) return null;
  switch (of) {
    case 'SUM':
      return sumOf(values);
    case 'AVERAGE':
      return (sumOf(values) ?? 0) / numbers.length;
    case 'MAX':
      return Math.max(...numbers);
    case 'MIN':
      return Math.min(...numbers);
    default:
      throw new Error(`${of} is not known here`);
  }
}

const dimensionOf = (field: DimensionField) =>
  field.DateDimensionField ??
  field.CategoricalDimensionField ??
  field.NumericalDimensionField ??
  missing('dimension');
const measureOf = (field: MeasureField) => field.NumericalMeasureField ?? missing('measure');
const missing = (what: string): never => {
  throw new Error(`A ${what} of a kind that is not known here`);
};

/** The wells of a visual, whatever its kind. */
function fieldsOf(definition: AnalysisDefinition, id: string) {
  for (const sheet of definition.Sheets ?? [])
    for (const visual of sheet.Visuals ?? []) {
      const { KPIVisual, LineChartVisual, BarChartVisual, FunnelChartVisual, HeatMapVisual, TableVisual } =
        visual;
      const [own] = Object.values(visual);
      if (own?.VisualId !== id) continue;
      const line = LineChartVisual?.ChartConfiguration?.FieldWells?.LineChartAggregatedFieldWells;
      const bar = BarChartVisual?.ChartConfiguration?.FieldWells?.BarChartAggregatedFieldWells;
      const funnel = FunnelChartVisual?.ChartConfiguration?.FieldWells?.FunnelChartAggregatedFieldWells;
      const heat = HeatMapVisual?.ChartConfiguration?.FieldWells?.HeatMapAggregatedFieldWells;
      const table = TableVisual?.ChartConfiguration?.FieldWells?.TableAggregatedFieldWells;
      const kpi = KPIVisual?.ChartConfiguration?.FieldWells;
      return {
        sheet: sheet.SheetId ?? '',
        dimensions: [
          ...(kpi?.TrendGroups ?? []),
          ...[line, bar, funnel].flatMap((wells) => wells?.Category ?? []),
          ...[line, bar].flatMap((wells) => wells?.Colors ?? []),
          ...(heat?.Rows ?? []),
          ...(heat?.Columns ?? []),
          ...(table?.GroupBy ?? []),
        ].map(dimensionOf),
        measures: [kpi, line, bar, funnel, heat, table]
          .flatMap((wells) => wells?.Values ?? [])
          .map(measureOf),
      };
    }
  throw new Error(`No visual is called ${id}`);
}

function dataSetOf(
  { dataSets }: QuickSightAssets,
  { DataSetIdentifierDeclarations = [] }: AnalysisDefinition,
  identifier: string,
): CreateDataSetCommandInput {
  const arn = DataSetIdentifierDeclarations.find((one) => one.Identifier === identifier)?.DataSetArn;
  const found = dataSets.find(({ DataSetId }) => arn?.endsWith(`:dataset/${DataSetId}`));
  return found ?? missing(`data set ${identifier}`);
}

/** What the controls say; a parameter without a value has its default. */
function parametersOf(
  { ParameterDeclarations = [] }: AnalysisDefinition,
  given: Reader['parameters'],
): [string, string | readonly string[] | Date][] {
  return ParameterDeclarations.map((one) => {
    const { StringParameterDeclaration: text, DateTimeParameterDeclaration: time } = one;
    const name = text?.Name ?? time?.Name ?? '';
    const { StaticValues = [] } = text?.DefaultValues ?? {};
    const fallback = text?.ParameterValueType === 'MULTI_VALUED' ? StaticValues : StaticValues[0];
    return [name, given[name] ?? fallback ?? missing(`value of ${name}`)];
  });
}

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** The statement with the values of its parameters, which come from the parameters of the analysis that are mapped to them. */
function filledSql(
  dataSet: CreateDataSetCommandInput,
  { ParameterDeclarations = [] }: AnalysisDefinition,
  identifier: string,
  values: Readonly<Record<string, string | readonly string[] | Date>>,
): string {
  const [sql] = Object.values(dataSet.PhysicalTableMap ?? {}).map(
    ({ CustomSql }) => CustomSql?.SqlQuery ?? '',
  );
  const declared = (dataSet.DatasetParameters ?? []).map((one) => Object.values(one)[0]?.Name ?? '');
  const filled = declared.reduce((text, name) => {
    const from = ParameterDeclarations.map((one) => Object.values(one)[0]).find((one) =>
      one?.MappedDataSetParameters?.some(
        (to: { DataSetIdentifier?: string; DataSetParameterName?: string }) =>
          to.DataSetIdentifier === identifier && to.DataSetParameterName === name,
      ),
    );
    const value = from && values[from.Name ?? ''];
    if (value === undefined) throw new Error(`Nothing fills in ${name} of ${identifier}`);
    const written =
      value instanceof Date
        ? `timestamp '${value.toISOString().slice(0, 19).replace('T', ' ')}'`
        : typeof value === 'string'
          ? quoted(value)
          : value.map(quoted).join(', ');
    return text.replaceAll(`<<$${name}>>`, () => written);
  }, sql ?? '');
  if (filled.includes('<<$')) throw new Error(`A parameter of ${identifier} is not declared`);
  return filled;
}

/** The statement has to give the columns that the data set declares. */
function assertColumns(dataSet: CreateDataSetCommandInput, [first]: readonly Row[]): void {
  if (!first) return;
  const declared = Object.values(dataSet.PhysicalTableMap ?? {}).flatMap(
    ({ CustomSql }) => CustomSql?.Columns ?? [],
  );
  const names = declared.map(({ Name }) => Name).join();
  if (names !== Object.keys(first).join())
    throw new Error(`${dataSet.DataSetId} declares ${names}, and gives ${Object.keys(first).join()}`);
}

/** The rows that the roster lets a principal see: none for whoever is not on it. An empty value would be all. */
async function permittedRows(
  { rowLevelDataSet: roster }: QuickSightAssets,
  { RowLevelPermissionDataSet: permission }: CreateDataSetCommandInput,
  rows: readonly Row[],
  { principal, run }: Reader,
): Promise<readonly Row[]> {
  if (!permission) return rows;
  if (!roster || !permission.Arn?.endsWith(`:dataset/${roster.DataSetId}`)) throw new Error('No such roster');
  if (principal === undefined) return rows;
  const [sql] = Object.values(roster.PhysicalTableMap ?? {}).map(
    ({ CustomSql }) => CustomSql?.SqlQuery ?? '',
  );
  const renames = Object.values(roster.LogicalTableMap ?? {}).flatMap(({ DataTransforms = [] }) =>
    DataTransforms.flatMap(({ RenameColumnOperation: one }) => (one ? [one] : [])),
  );
  const rules = (await run(sql ?? '')).map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        renames.find(({ ColumnName }) => ColumnName === name)?.NewColumnName ?? name,
        value,
      ]),
    ),
  );
  const own = rules.filter(({ UserARN, GroupARN }) => UserARN === principal || GroupARN === principal);
  return rows.filter((row) =>
    own.some(({ UserARN: _user, GroupARN: _group, ...rule }) =>
      Object.entries(rule).every(([name, value]) => value === null || row[name] === value),
    ),
  );
}

/** The filters that apply to a visual. */
const filtersOf = (
  { FilterGroups = [] }: AnalysisDefinition,
  sheet: string,
  id: string,
  identifier: string,
): readonly Filter[] =>
  FilterGroups.filter(({ Status, ScopeConfiguration }) => {
    const scopes = ScopeConfiguration?.SelectedSheets?.SheetVisualScopingConfigurations ?? [];
    return (
      Status !== 'DISABLED' &&
      scopes.some(
        (one) => one.SheetId === sheet && (one.Scope === 'ALL_VISUALS' || one.VisualIds?.includes(id)),
      )
    );
  })
    .flatMap(({ Filters = [] }) => Filters)
    .filter((one) => Object.values(one)[0]?.Column?.DataSetIdentifier === identifier);

function filtered(
  rows: readonly Row[],
  { TimeRangeFilter: range, TopBottomFilter: top }: Filter,
  parameters: Readonly<Record<string, unknown>>,
): readonly Row[] {
  if (range) {
    const column = range.Column?.ColumnName ?? '';
    const [least, most] = [range.RangeMinimumValue, range.RangeMaximumValue].map((one) =>
      dayOf(parameters[one?.Parameter ?? '']),
    );
    if (!range.IncludeMinimum || !range.IncludeMaximum) throw new Error('An open range is not known here');
    return rows.filter((row) => {
      const day = dayOf(row[column]);
      return day >= (least ?? '') && day <= (most ?? '');
    });
  }
  if (top) {
    const column = top.Column?.ColumnName ?? '';
    const [sort] = top.AggregationSortConfigurations ?? [];
    const by = sort?.Column?.ColumnName ?? '';
    const simple = sort?.AggregationFunction?.NumericalAggregationFunction?.SimpleNumericalAggregation;
    if (!simple || sort?.SortDirection !== 'ASC')
      throw new Error('A ranking of a kind that is not known here');
    const groups = [...Map.groupBy(rows, (row) => row[column])].map(([value, own]) => ({
      value,
      rank:
        aggregate(
          simple,
          own.map((row) => row[by]),
        ) ?? 0,
    }));
    const kept = groups.toSorted((a, b) => a.rank - b.rank).slice(0, top.Limit);
    return rows.filter((row) => kept.some(({ value }) => value === row[column]));
  }
  throw new Error('A filter of a kind that is not known here');
}

function dayOf(value: unknown): string {
  if (!(value instanceof Date)) throw new Error(`${String(value)} is no time`);
  return value.toISOString().slice(0, 10);
}
