import type { DataBrewExplanation } from './explain-recipe.ts';

const effects = ['values', 'rows', 'accounting'] as const;

/**
 * An explanation for people: each difference once, those that change values first, with the steps and columns that it concerns; then how
 * many rules are exact.
 */
export function explanationText(table: string, rows: readonly DataBrewExplanation[]): string {
  const byCode = new Map<string, DataBrewExplanation[]>();
  for (const row of rows)
    if (row.difference) byCode.set(row.difference.code, [...(byCode.get(row.difference.code) ?? []), row]);
  const groups = effects.flatMap((effect) =>
    [...byCode.values()].filter(([first]) => first?.difference?.affects === effect),
  );
  const lines = groups.flatMap((group) => {
    const [first] = group;
    return first?.difference
      ? [
          `${first.difference.code} (${first.difference.affects}): ${first.difference.text}.`,
          ...concerned(group),
          '',
        ]
      : [];
  });
  const exact = rows.filter((row) => row.exact).length;
  const differing = rows.length - exact;
  return `${[...lines, `${table}: ${exact} rules are exact, and ${differing} differences are listed.`].join('\n')}\n`;
}

/** The columns that a difference concerns, by step. A rule of the whole table has none. */
function concerned(group: readonly DataBrewExplanation[]): string[] {
  const columnsOf = new Map<string, string[]>();
  for (const { step, column } of group)
    columnsOf.set(step, [...(columnsOf.get(step) ?? []), ...(column === undefined ? [] : [column])]);
  return [...columnsOf].map(
    ([step, columns]) => `  ${[step, columns.join(', ')].filter(Boolean).join(': ')}`,
  );
}
