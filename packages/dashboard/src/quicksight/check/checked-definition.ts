import type {
  AnalysisDefinition,
  CreateDataSetCommandInput,
  ParameterDeclaration,
} from '@aws-sdk/client-quicksight';
import type { QuickSightAssets } from '../quicksight-assets.ts';
import { type ColumnKind, dataSetColumns } from './data-set-columns.ts';
import { type DefinitionNode, definitionNodes } from './visit-definition.ts';

/** A definition with what its names mean. */
export interface CheckedDefinition {
  /** The analysis or the dashboard in words: `analysis headwater-shop`. */
  readonly asset: string;
  readonly definition: AnalysisDefinition;
  readonly nodes: readonly DefinitionNode[];
  /** The data sets that are declared, by their identifiers. Undefined for one that is not among the assets. */
  readonly dataSets: ReadonlyMap<string, CreateDataSetCommandInput | undefined>;
  /** The columns and calculated fields of each, by identifier. */
  readonly columns: ReadonlyMap<string, ReadonlyMap<string, ColumnKind>>;
  readonly parameters: ReadonlyMap<string, DeclaredParameter>;
}

/** A parameter of an analysis. */
export interface DeclaredParameter {
  readonly kind: 'String' | 'Integer' | 'Decimal' | 'DateTime';
  readonly declaration: ParameterMembers;
}

type ParameterMembers = NonNullable<
  | ParameterDeclaration['StringParameterDeclaration']
  | ParameterDeclaration['IntegerParameterDeclaration']
  | ParameterDeclaration['DecimalParameterDeclaration']
  | ParameterDeclaration['DateTimeParameterDeclaration']
>;

/** The id of an asset, by its ARN. */
export const idOfArn = (arn: string | undefined): string => arn?.split('/').at(-1) ?? '';

/** The definitions of the analysis and of the dashboard. */
export function checkedDefinitions(assets: QuickSightAssets): readonly CheckedDefinition[] {
  const { analysis, dashboard } = assets;
  return [
    { asset: `analysis ${analysis.AnalysisId}`, definition: analysis.Definition },
    { asset: `dashboard ${dashboard.DashboardId}`, definition: dashboard.Definition },
  ].flatMap(({ asset, definition }) => (definition ? [checkedDefinition(assets, asset, definition)] : []));
}

function checkedDefinition(
  assets: QuickSightAssets,
  asset: string,
  definition: AnalysisDefinition,
): CheckedDefinition {
  const byId = new Map(assets.dataSets.map((dataSet) => [dataSet.DataSetId, dataSet]));
  const dataSets = new Map(
    (definition.DataSetIdentifierDeclarations ?? []).map(({ Identifier = '', DataSetArn }) => [
      Identifier,
      byId.get(idOfArn(DataSetArn)),
    ]),
  );
  const columns = new Map<string, Map<string, ColumnKind>>();
  for (const [identifier, dataSet] of dataSets)
    columns.set(identifier, new Map(dataSet ? dataSetColumns(dataSet) : []));
  for (const { DataSetIdentifier = '', Name = '' } of definition.CalculatedFields ?? [])
    columns.get(DataSetIdentifier)?.set(Name, 'unknown');
  return {
    asset,
    definition,
    nodes: definitionNodes(definition),
    dataSets,
    columns,
    parameters: declaredParameters(definition),
  };
}

function declaredParameters({
  ParameterDeclarations = [],
}: AnalysisDefinition): Map<string, DeclaredParameter> {
  const found = new Map<string, DeclaredParameter>();
  for (const one of ParameterDeclarations) {
    const declared = {
      String: one.StringParameterDeclaration,
      Integer: one.IntegerParameterDeclaration,
      Decimal: one.DecimalParameterDeclaration,
      DateTime: one.DateTimeParameterDeclaration,
    };
    for (const kind of ['String', 'Integer', 'Decimal', 'DateTime'] as const) {
      const declaration = declared[kind];
      if (declaration?.Name !== undefined) found.set(declaration.Name, { kind, declaration });
    }
  }
  return found;
}
