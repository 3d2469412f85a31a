import { type ColorTokens, darkColors, lightColors } from '../vega/color-tokens.ts';

/**
 * The colours of the page as QuickSight takes them: in upper case
 * (https://docs.aws.amazon.com/quicksight/latest/APIReference/API_UIColorPalette.html).
 */
export const themeColors = (theme: 'light' | 'dark'): ColorTokens =>
  Object.fromEntries(
    Object.entries(theme === 'light' ? lightColors : darkColors).map(([name, color]) => [
      name,
      color.toUpperCase(),
    ]),
  ) as unknown as ColorTokens;
