import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The tsconfig that checks registered query files alone. It extends the project's own settings; a project without any is
 * checked strictly.
 */
export function checkProject(folder: string, files: readonly string[]): object {
  const above = nearest(folder, 'tsconfig.json') ?? nearest(folder, 'tsconfig.base.json');
  const own = {
    noEmit: true,
    incremental: false,
    composite: false,
    skipLibCheck: true,
    typeRoots: typeRoots(folder),
  };
  const plain = { strict: true, target: 'es2024', module: 'nodenext', allowImportingTsExtensions: true };
  return above
    ? { extends: above, compilerOptions: own, files, include: [] }
    : { compilerOptions: { ...plain, ...own }, files };
}

function nearest(folder: string, name: string): string | undefined {
  const here = join(folder, name);
  if (existsSync(here)) return here;
  const above = dirname(folder);
  return above === folder ? undefined : nearest(above, name);
}

/** TypeScript looks up `types` from the tsconfig's own folder, and this one is elsewhere. */
function typeRoots(folder: string): string[] {
  const own = join(folder, 'node_modules', '@types');
  const above = dirname(folder);
  return [...(existsSync(own) ? [own] : []), ...(above === folder ? [] : typeRoots(above))];
}
