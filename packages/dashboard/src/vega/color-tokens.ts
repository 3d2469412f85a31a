/** The colours of charts and pages, by what they are for. */
export interface ColorTokens {
  readonly bg: string;
  readonly surface: string;
  /** Figures and names. */
  readonly text: string;
  /** Labels and axes. */
  readonly muted: string;
  readonly line: string;
  readonly grid: string;
  readonly axis: string;
  /** Behind a bar: the whole of which it is a part. */
  readonly track: string;
  /** This period. */
  readonly accent: string;
  readonly onAccent: string;
  /** The compared period; always dashed or hollow as well. */
  readonly prev: string;
  /** Judgements, each with a word and an arrow. */
  readonly good: string;
  readonly bad: string;
  readonly warn: string;
  readonly focus: string;
  /** Other series. Each has its name at its end. */
  readonly series2: string;
  readonly series3: string;
  readonly series4: string;
  /** Five named ranges of one hue, from least to most, and the text in each. */
  readonly heat0: string;
  readonly heat1: string;
  readonly heat2: string;
  readonly heat3: string;
  readonly heat4: string;
  readonly heatText0: string;
  readonly heatText1: string;
  readonly heatText2: string;
  readonly heatText3: string;
  readonly heatText4: string;
}

/** On white. Ratios to `surface`: text 16.6, muted 6.6, accent 6.8, prev 4.4. */
export const lightColors: ColorTokens = {
  bg: '#f5f7f7',
  surface: '#ffffff',
  text: '#14211f',
  muted: '#50605e',
  line: '#d9e0df',
  grid: '#e6ebea',
  axis: '#8a9795',
  track: '#e6ebea',
  accent: '#0a6570',
  onAccent: '#ffffff',
  prev: '#6d7b79',
  good: '#17683a',
  bad: '#a52a1a',
  warn: '#8a5a00',
  focus: '#b3540a',
  series2: '#8a5a00',
  series3: '#6a3d9a',
  series4: '#2f5597',
  heat0: '#eef4f4',
  heat1: '#c4dfe1',
  heat2: '#8cc0c5',
  heat3: '#27747e',
  heat4: '#053f47',
  heatText0: '#14211f',
  heatText1: '#14211f',
  heatText2: '#14211f',
  heatText3: '#ffffff',
  heatText4: '#ffffff',
};

/** On near black. Ratios to `surface`: text 14.4, muted 7.9, accent 8.5, prev 6.3. */
export const darkColors: ColorTokens = {
  bg: '#0e1415',
  surface: '#151d1e',
  text: '#e6eded',
  muted: '#a4b3b2',
  line: '#283334',
  grid: '#222c2d',
  axis: '#5d6b6b',
  track: '#222c2d',
  accent: '#63c5cf',
  onAccent: '#08191b',
  prev: '#8fa09f',
  good: '#7fd09c',
  bad: '#ff9c8a',
  warn: '#e6b758',
  focus: '#ffb45c',
  series2: '#e6b758',
  series3: '#c4a5f0',
  series4: '#8fb4f5',
  heat0: '#1b2627',
  heat1: '#1f4348',
  heat2: '#2a6a72',
  heat3: '#4ba5af',
  heat4: '#a5e8ee',
  heatText0: '#e6eded',
  heatText1: '#e6eded',
  heatText2: '#ffffff',
  heatText3: '#08191b',
  heatText4: '#08191b',
};

const names = Object.keys(lightColors) as readonly (keyof ColorTokens)[];
const cssName = (name: string): string => `--${name.replaceAll(/([A-Z])/g, '-$1').toLowerCase()}`;

/** Variables of the page in place of colours, so that one drawing is right in light and in dark. */
export const pageColors = Object.fromEntries(
  names.map((name) => [name, `var(${cssName(name)})`]),
) as unknown as ColorTokens;

/** Declarations of the variables that {@link pageColors} names: `--bg:#f5f7f7;--surface:#ffffff;...`. */
export const colorVariables = (colors: ColorTokens): string =>
  names.map((name) => `${cssName(name)}:${colors[name]}`).join(';');
