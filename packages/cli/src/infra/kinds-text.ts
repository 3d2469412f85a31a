import { counted } from '../output/figures.ts';

/** Numbers of resources by what they are called: `4 Glue tables, 2 policies`. */
export const kindsText = (kinds: Readonly<Record<string, number>>): string =>
  Object.entries(kinds)
    .map(([kind, count]) => counted(count, kind))
    .join(', ');
