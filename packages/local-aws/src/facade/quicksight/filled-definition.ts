import { at, type Members } from '../../rules/aws-rule.ts';

/** A definition as the service describes it: with defaults that nobody has given. */
export function filledDefinition(definition: unknown): Members {
  return {
    AnalysisDefaults: {
      DefaultNewSheetConfiguration: {
        InteractiveLayoutConfiguration: {
          Grid: { CanvasSizeOptions: { ScreenCanvasSizeOptions: { ResizeOption: 'RESPONSIVE' } } },
        },
        SheetContentType: 'INTERACTIVE',
      },
    },
    Options: { WeekStart: 'SUNDAY' },
    ...Object(definition),
    // The service answers them in an order of its own (https://github.com/hashicorp/terraform-provider-aws/issues/36733).
    DataSetIdentifierDeclarations: [at(definition, 'DataSetIdentifierDeclarations') ?? []]
      .flat()
      .toReversed(),
    Sheets: [at(definition, 'Sheets') ?? []].flat().map((sheet) => ({
      ContentType: 'INTERACTIVE',
      ...Object(sheet),
      Visuals: [at(sheet, 'Visuals') ?? []].flat().map(filledVisual),
    })),
    FilterGroups: [at(definition, 'FilterGroups') ?? []]
      .flat()
      .map((group) => ({ Status: 'ENABLED', ...Object(group) })),
  };
}

const filledVisual = (visual: unknown): Members =>
  Object.fromEntries(
    Object.entries(Object(visual)).map(([kind, members]) => [
      kind,
      {
        Subtitle: { Visibility: 'VISIBLE' },
        Actions: [],
        ColumnHierarchies: [],
        ...Object(members),
        Title: { Visibility: 'VISIBLE', ...Object(at(members, 'Title')) },
      },
    ]),
  );
