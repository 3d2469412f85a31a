import { expect, test } from 'vitest';
import { type ColorTokens, colorVariables, darkColors, lightColors } from '../../src/vega/color-tokens.ts';

/** The contrast of two colours by WCAG 2.2, from 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const luminance = (color: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((first, second) => first - second);
  return (light + 0.05) / (dark + 0.05);
}

/** What has to be read has 4.5, and what has to be seen 3. */
const pairs: readonly (readonly [keyof ColorTokens, keyof ColorTokens, number])[] = [
  ['text', 'surface', 7],
  ['text', 'bg', 7],
  ['text', 'track', 4.5],
  ['muted', 'surface', 4.5],
  ['muted', 'bg', 4.5],
  ['accent', 'surface', 4.5],
  ['accent', 'track', 3],
  ['onAccent', 'accent', 4.5],
  ['good', 'surface', 4.5],
  ['bad', 'surface', 4.5],
  ['warn', 'surface', 4.5],
  ['focus', 'surface', 3],
  ['prev', 'surface', 3],
  ['series2', 'surface', 4.5],
  ['series3', 'surface', 4.5],
  ['series4', 'surface', 4.5],
  ['heatText0', 'heat0', 4.5],
  ['heatText1', 'heat1', 4.5],
  ['heatText2', 'heat2', 4.5],
  ['heatText3', 'heat3', 4.5],
  ['heatText4', 'heat4', 4.5],
];

test.for([
  ['light', lightColors],
  ['dark', darkColors],
] as const)('%s has the contrast that people need', ([, colors]) => {
  for (const [ink, ground, least] of pairs)
    expect(contrast(colors[ink], colors[ground]), `${ink} on ${ground}`).toBeGreaterThanOrEqual(least);
});

test('the page has a variable for each colour', () => {
  expect(colorVariables(lightColors).split(';')).toHaveLength(Object.keys(darkColors).length);
  expect(colorVariables(darkColors)).toContain('--heat-text0:#e6eded');
});
