import { UsageError } from './usage-error.ts';

/** One option of a command: how it reads on the command line, and the value that it becomes. */
export interface Option<Value = unknown> {
  readonly type: 'string' | 'boolean';
  /** Stands for the value in the help: `DIR`. Empty for a flag. */
  readonly placeholder: string;
  readonly description: string;
  /** The accepted values, when they are a list. */
  readonly choices?: readonly string[];
  /** Its values are names in the config. Completion lists them with `headwater completion <names>`. */
  readonly names?: 'sources';
  /** Whether it may be repeated. The values are then joined to one list. */
  readonly repeats?: boolean;
  /** The value when the option is omitted. */
  readonly fallback?: Value;
  /** The default as the help shows it. Omitted where the fallback shows it, or where there is none. */
  readonly default?: string;
  /** @throws UsageError when the text is no such value */
  read(text: string, name: string): Value;
}

/** Options by name, without the dashes. */
export type OptionTable = Readonly<Record<string, Option>>;

/** The description of an option with its values and its default, as help and completion show it. */
export function optionText({ description, choices, fallback, default: shown }: Option): string {
  const isValue = typeof fallback === 'string' || typeof fallback === 'number';
  const text = shown ?? (isValue ? String(fallback) : undefined);
  return [
    description,
    choices ? `(${choices.join(', ')})` : '',
    text === undefined ? '' : `(default: ${text})`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** An option without a value. */
export const flag = (description: string, settings: Default = {}): Option<boolean> => ({
  type: 'boolean',
  placeholder: '',
  description,
  fallback: false,
  read: () => true,
  ...settings,
});

interface Default {
  /** How the help shows a default that the command itself applies. */
  readonly default?: string;
}

/** An option whose value is any text but the empty one. */
export const text = (
  placeholder: string,
  description: string,
  settings: Default = {},
): Option<string | undefined> => ({
  ...valued(placeholder, description, 'some text', (given) => given || undefined),
  ...settings,
});

/** One character. The word `tab` stands for a tab. Quotes and line ends have a meaning of their own in CSV. */
export const character = (
  placeholder: string,
  description: string,
  settings: Default = {},
): Option<string | undefined> => ({
  ...valued(placeholder, description, 'one character, such as ; or |, or tab', (given) => {
    if (given === 'tab' || given === '\\t') return '\t';
    return [...given].length === 1 && !/["\r\n]/.test(given) ? given : undefined;
  }),
  ...settings,
});

/** A list of texts, one for each time that the option is given. */
export const repeated = (placeholder: string, description: string): Option<readonly string[]> => ({
  type: 'string',
  placeholder,
  description,
  repeats: true,
  fallback: [],
  read(given, name) {
    if (given === '') throw new UsageError(`--${name}: expected some text.`);
    return [given];
  },
});

/** Names with commas between them. An empty name becomes null. */
export const list = (
  placeholder: string,
  description: string,
  settings: Default = {},
): Option<readonly (string | null)[] | undefined> => ({
  ...valued(placeholder, description, 'names with commas between them', (given) => {
    const names = given.split(',').map((name) => name.trim() || null);
    return names.some((name) => name !== null) ? names : undefined;
  }),
  ...settings,
});

/**
 * A whole number from `least`. `_` may stand between digits, `,` between thousands (`1,5M` is refused: some read it as one
 * and a half million); `1e6` and `1M` are a million.
 */
export const whole = (
  placeholder: string,
  description: string,
  { least, ...settings }: Default & { readonly least: number },
): Option<number | undefined> => ({
  ...valued(placeholder, description, `a whole number from ${least}, such as 1000, 10k or 1M`, (given) => {
    const [, digits = '', scale = ''] = wholePattern.exec(given) ?? [];
    const value = Number(digits.replaceAll(/[_,]/g, '')) * (scales[scale.toLowerCase()] ?? 1);
    return digits !== '' && Number.isSafeInteger(value) && value >= least ? value : undefined;
  }),
  ...settings,
});

const wholePattern = /^(-?(?:\d{1,3}(?:,\d{3})+|\d+(?:_\d+)*)(?:\.\d+)?(?:e\d+)?)([kmb]?)$/i;

const scales: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, b: 1e9 };

/** Seconds, zero or more. */
export const seconds = (description: string, settings: Default = {}): Option<number | undefined> => ({
  ...valued('SECONDS', description, 'seconds, zero or more', (given) => {
    const value = Number(given);
    return given.trim() !== '' && value >= 0 && Number.isFinite(value) ? value : undefined;
  }),
  ...settings,
});

/** A share of a whole, `2%` or `0.02`. The value is 0 to 1. */
export const share = (
  placeholder: string,
  description: string,
  settings: Default = {},
): Option<number | undefined> => ({
  ...valued(placeholder, description, 'a share such as 2% or 0.02', (given) => {
    const [, digits = '', percent = ''] = /^(\d+(?:\.\d+)?|\.\d+)(%?)$/.exec(given) ?? [];
    const value = percent ? Number(digits) / 100 : Number(digits);
    return digits !== '' && value <= 1 ? value : undefined;
  }),
  ...settings,
});

/** One value of a list. */
export const choice = <const Choice extends string>(
  placeholder: string,
  choices: readonly Choice[],
  description: string,
  settings: Default = {},
): Option<Choice | undefined> => ({
  ...valued(placeholder, description, `one of ${choices.join(', ')}`, (given) =>
    choices.find((one) => one === given),
  ),
  choices,
  ...settings,
});

/** The same option with a value for when it is omitted. */
export const withDefault = <Value>(
  option: Option<Value | undefined>,
  fallback: Value,
  shown?: string,
): Option<Value> => ({
  ...option,
  fallback,
  read: (given, name) => option.read(given, name) ?? fallback,
  ...(shown === undefined ? {} : { default: shown }),
});

function valued<Value>(
  placeholder: string,
  description: string,
  expected: string,
  read: (text: string) => Value | undefined,
): Option<Value | undefined> {
  return {
    type: 'string',
    placeholder,
    description,
    read(given, name) {
      const value = read(given);
      if (value === undefined) throw new UsageError(`--${name} ${given}: expected ${expected}.`);
      return value;
    },
  };
}
