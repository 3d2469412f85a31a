import type { TypeArgument, TypeSignature } from '../trino/trino-page.ts';
import type { ResultValue } from './result-csv.ts';

/** Converts a value of Trino's protocol to the text that Athena returns for it. */
export type ValueText = (value: unknown) => ResultValue;

/**
 * Converts values of a type to text. Nested values are printed as Athena prints them, `[a, b]` and `{k=v}`, which cannot
 * be parsed reliably. Bytes are hexadecimal numbers separated by spaces.
 *
 * @example valueText({ rawType: 'array', arguments: [{ kind: 'TYPE', value: bigint }] })(['1', null]) // '[1, null]'
 */
export function valueText({ rawType, arguments: args }: TypeSignature): ValueText {
  const nested = args.map(nestedText);
  const [first = String, second = String] = nested;
  return (value) => {
    if (value === null || value === undefined) return null;
    switch (rawType) {
      case 'array':
        return Array.isArray(value) ? `[${value.map(first).join(', ')}]` : String(value);
      case 'map':
        return `{${Object.entries(value)
          .map(([key, item]) => `${first(key)}=${second(item)}`)
          .join(', ')}}`;
      case 'row':
        return Array.isArray(value)
          ? `{${value.map((item, index) => fieldText(args, nested, item, index)).join(', ')}}`
          : String(value);
      case 'varbinary':
        return Buffer.from(String(value), 'base64')
          .toString('hex')
          .replace(/..(?=.)/g, '$& ');
      default:
        return String(value);
    }
  };
}

type NestedText = (value: unknown) => string;

function nestedText(argument: TypeArgument): NestedText {
  if (argument.kind === 'LONG') return String;
  const text = valueText(argument.kind === 'TYPE' ? argument.value : argument.value.typeSignature);
  return (value) => text(value) ?? 'null';
}

function fieldText(
  args: readonly TypeArgument[],
  nested: readonly NestedText[],
  item: unknown,
  index: number,
): string {
  const argument = args[index];
  const name = argument?.kind === 'NAMED_TYPE' ? argument.value.fieldName?.name : undefined;
  return `${name ?? `field${index}`}=${nested[index]?.(item)}`;
}
