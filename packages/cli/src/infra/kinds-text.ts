import { counted } from '../output/figures.ts';

/** Numbers of resources by what they are called: `4 Glue tables, 2 policies`. */
export const kindsText = (kinds: Readonly<Record<string, number>>): string =>
  Object.entries(kinds)
    .map(([kind, count]) =>
      count > 1 && /[^aeiou]y$/.test(kind) ? `${count} ${kind.slice(0, -1)}ies` : counted(count, kind),
    )
    .join(', ');
