import type { OptionDescription } from '@headwater/core/internal';
import { choice, flag, type OptionTable, text } from './option.ts';

/** The name of an option on the command line: `maxScan` is `--max-scan`. */
export const optionName = ({ name }: OptionDescription): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Options of the command line from options described as data: a metric's parameters, a derivation's options. */
export function describedOptions(descriptions: readonly OptionDescription[]): OptionTable {
  return Object.fromEntries(
    descriptions.map((one) => {
      const { description, values } = one;
      const settings = one.default === undefined ? {} : { default: String(one.default) };
      if (values)
        return [
          optionName(one),
          choice(optionName(one).toUpperCase(), values.map(String), description, settings),
        ];
      if (one.type === 'boolean') return [optionName(one), flag(description)];
      const placeholder = placeholderOf(one);
      return [optionName(one), text(placeholder, description, settings)];
    }),
  );
}

function placeholderOf({ name, description, type }: OptionDescription): string {
  if (/YYYY-MM-DD/.test(description)) return 'DATE';
  if (name === 'zone') return 'ZONE';
  return /number|integer/.test(type ?? '') ? 'N' : 'TEXT';
}

/** The values of such options, by their own names. */
export function describedValues(
  descriptions: readonly OptionDescription[],
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    descriptions
      .map((one): [string, unknown] => [one.name, values[optionName(one)]])
      .filter(([, value]) => value !== undefined),
  );
}
