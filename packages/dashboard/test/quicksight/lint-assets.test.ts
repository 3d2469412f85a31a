import { expect, test } from 'vitest';
import { lintAssets, lintRules, type QuickSightAssets } from '../../src/quicksight/index.ts';
import { brokenAnalysis, brokenAssets } from './broken-assets.ts';
import { handMadeAssets } from './hand-made-assets.ts';

test('finds nothing where nothing is shown blank', () => {
  expect(lintAssets(handMadeAssets())).toEqual([]);
});

/** A definition that breaks each rule, by the name of the rule, with what is said of it. */
const broken: Readonly<Record<string, readonly [QuickSightAssets, RegExp]>> = {
  'kpi-options-whole': [
    brokenAnalysis((_, sheet) => {
      sheet.Visuals[0].KPIVisual.ChartConfiguration.KPIOptions = {
        Comparison: {},
        TrendArrows: { Visibility: 'VISIBLE' },
      };
    }),
    /has KPIOptions without Comparison, PrimaryValueDisplayType, SecondaryValue, ComparisonMethod/,
  ],
  'no-date-in-category': [
    brokenAnalysis((_, sheet) => {
      const wells =
        sheet.Visuals[1].BarChartVisual.ChartConfiguration.FieldWells.BarChartAggregatedFieldWells;
      wells.Category[0].CategoricalDimensionField.Column.ColumnName = 'day';
    }),
    /has the date day in a CategoricalDimensionField/,
  ],
  'axis-label-applies': [
    brokenAnalysis((_, sheet) => {
      delete sheet.Visuals[1].BarChartVisual.ChartConfiguration.CategoryLabelOptions.AxisLabelOptions[0]
        .ApplyTo;
    }),
    /has the axis label "Brand" without ApplyTo/,
  ],
  'wells-filled': [
    brokenAnalysis((_, sheet) => {
      sheet.Visuals[0].KPIVisual.ChartConfiguration.FieldWells = { Values: [] };
    }),
    /has no fields/,
  ],
  'dates-have-grain': [
    brokenAnalysis((_, sheet) => {
      const wells = sheet.Visuals[0].KPIVisual.ChartConfiguration.FieldWells;
      delete wells.TrendGroups[0].DateDimensionField.DateGranularity;
    }),
    /has the field visitors.day without DateGranularity/,
  ],
  'titles-have-roots': [
    brokenAnalysis((_, sheet) => {
      sheet.Visuals[0].KPIVisual.Title.FormatText.RichText = '<b>Visitors</b>';
    }),
    /has a rich text that is not within <visual-title>/,
  ],
  'sheet-names-readable': [
    brokenAnalysis((_, sheet) => {
      sheet.Name = 'A';
    }),
    /has the name "A"/,
  ],
  'no-break-in-list': [
    brokenAnalysis((_, sheet) => {
      sheet.TextBoxes[0].Content =
        '<text-box><ul><li>One</li><li class="x">Two<br/>lines</li></ul></text-box>';
    }),
    /has <br> within a list item/,
  ],
  'scopes-filled': [
    brokenAnalysis((definition) => {
      definition.FilterGroups[0].ScopeConfiguration.SelectedSheets.SheetVisualScopingConfigurations[0].VisualIds =
        [];
    }),
    /is of selected visuals, and selects none/,
  ],
  'filter-parameters-have-controls': [
    brokenAnalysis((_, sheet) => sheet.ParameterControls.pop()),
    /filters by the parameter Brand, which has no control on any sheet/,
  ],
  'mapped-parameters-have-controls': [
    brokenAnalysis((_, sheet) => sheet.ParameterControls.shift()),
    /fills in a parameter of a data set, and has no control/,
  ],
  'data-set-parameters-mapped': [
    brokenAnalysis((definition) => {
      delete definition.ParameterDeclarations[0].DateTimeParameterDeclaration.MappedDataSetParameters;
    }),
    /fills in the parameter From of the data set traffic nowhere/,
  ],
  'date-parameters-have-defaults': [
    brokenAnalysis((definition) => {
      definition.ParameterDeclarations[0].DateTimeParameterDeclaration.DefaultValues = { StaticValues: [] };
    }),
    /is a date without a default/,
  ],
  'spice-is-refreshed': [
    brokenAssets((assets) => assets.refreshSchedules.pop()),
    /is in SPICE, and has no refresh schedule/,
  ],
};

test('has a broken definition, a reason and a source for every rule', () => {
  expect(Object.keys(broken)).toEqual(lintRules.map(({ rule }) => rule));
  for (const { reason, fix, source } of lintRules) {
    expect(reason.length).toBeGreaterThan(30);
    expect(fix).toMatch(/^[A-Z]/);
    expect(source).toMatch(/^https:\/\/(docs\.aws\.amazon\.com\/quicksight|github\.com)\//);
  }
});

test.each(Object.entries(broken))('%s', (rule, [assets, problem]) => {
  const found = lintAssets(assets);
  expect(found.map((one) => one.rule)).toEqual([rule]);
  expect(found[0]?.problem).toMatch(problem);
  expect(found[0]?.problem).toContain(lintRules.find((one) => one.rule === rule)?.reason);
});

test('leaves other breaks of lines, and other text boxes', () => {
  const assets = brokenAnalysis((_, sheet) => {
    sheet.TextBoxes[0].Content = '<text-box>One<br/>two<ul><li>Three</li></ul><br/>four</text-box>';
  });
  expect(lintAssets(assets)).toEqual([]);
});
