import { nearly, type RecipePart } from './recipe-rule.ts';
import { listConditions, recipeStep } from './recipe-step.ts';

/** The whole text, whatever it is. A condition says which. */
const wholeText = '(?s)\\A.*\\z';

/** Codes that have one value. */
interface Replacement {
  readonly value: string;
  readonly codes: readonly string[];
}

/**
 * Replaces codes by values, one value after the other. A value that is a code itself has to wait until that code is replaced, since
 * its text would be replaced again. Where codes are values of each other, no order is right.
 */
export function mapRecipe(column: string, values: Readonly<Record<string, string>>): RecipePart {
  const byValue = new Map<string, string[]>();
  for (const [code, value] of Object.entries(values))
    if (code !== value) byValue.set(value, [...(byValue.get(value) ?? []), code]);
  const waiting: Replacement[] = [...byValue].map(([value, codes]) => ({ value, codes }));
  const ordered: Replacement[] = [];
  let hasCycle = false;
  while (waiting.length > 0) {
    const isCode = ({ value }: Replacement): boolean =>
      waiting.some((other) => other.value !== value && other.codes.includes(value));
    const free = waiting.findIndex((one) => !isCode(one));
    hasCycle ||= free < 0;
    ordered.push(...waiting.splice(Math.max(free, 0), 1));
  }
  const isEmptied = byValue.has('');
  return nearly(
    ordered.flatMap(({ value, codes }) =>
      listConditions('IS', column, codes).map((condition) =>
        value === ''
          ? recipeStep('FILL_WITH_NULL', { sourceColumn: column }, [condition])
          : recipeStep('REPLACE_TEXT', { sourceColumn: column, pattern: wholeText, value }, [condition]),
      ),
    ),
    ...(hasCycle ? (['map-cycle'] as const) : []),
    ...(isEmptied ? (['map-to-empty'] as const) : []),
  );
}
