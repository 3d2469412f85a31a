import type { CreateThemeCommandInput, ThemeConfiguration } from '@aws-sdk/client-quicksight';
import type { ColorTokens } from '../vega/color-tokens.ts';
import { assetId, type QuickSightPlace } from './quicksight-names.ts';
import { themeColors } from './theme-colors.ts';

/** The themes of a dashboard: light and dark, in the colours of the page. A dashboard has one of them. */
export const quickSightThemes = (place: QuickSightPlace): readonly CreateThemeCommandInput[] =>
  (['dark', 'light'] as const).map((name) => ({
    AwsAccountId: place.account,
    ThemeId: assetId(place, name),
    Name: `Headwater ${name}`,
    // The themes that come with QuickSight, of which all that is not said here is taken.
    BaseThemeId: name === 'light' ? 'CLASSIC' : 'MIDNIGHT',
    Configuration: configurationOf(themeColors(name)),
  }));

function configurationOf(colors: ColorTokens): ThemeConfiguration {
  const {
    accent,
    series2,
    series3,
    series4,
    prev,
    good,
    bad,
    warn,
    surface,
    bg,
    text,
    muted,
    onAccent,
    line,
  } = colors;
  return {
    DataColorPalette: {
      Colors: [accent, series2, series3, series4, prev],
      MinMaxGradient: [colors.heat0, colors.heat4],
      EmptyFillColor: colors.track,
    },
    UIColorPalette: {
      PrimaryForeground: text,
      PrimaryBackground: surface,
      SecondaryForeground: muted,
      SecondaryBackground: bg,
      Accent: accent,
      AccentForeground: onAccent,
      Danger: bad,
      DangerForeground: surface,
      Warning: warn,
      WarningForeground: surface,
      Success: good,
      SuccessForeground: surface,
      Dimension: accent,
      DimensionForeground: onAccent,
      Measure: good,
      MeasureForeground: surface,
    },
    Sheet: {
      Tile: { Border: { Show: true, Color: line } },
      TileLayout: { Gutter: { Show: true }, Margin: { Show: true } },
    },
  };
}
