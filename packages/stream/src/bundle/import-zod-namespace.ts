import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Loader, Plugin } from 'esbuild';

const loaders: Readonly<Record<string, Loader>> = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.tsx': 'tsx',
  '.js': 'js',
  '.mjs': 'js',
  '.jsx': 'jsx',
};

const namedImport = /\bimport\s*\{([^}]*)\}\s*from\s*(['"])zod\2/g;

/**
 * Reads `import { z } from 'zod'` in modules of one's own as `import * as z from 'zod'`. The two mean the same, but of an object that a module
 * exports, a bundler keeps all that it has: the texts of every language, 0.35 MB.
 */
export const importZodNamespace: Plugin = {
  name: 'import-zod-namespace',
  setup(build) {
    build.onLoad({ filter: /\.([cm]?ts|tsx|m?js|jsx)$/ }, async ({ path }) => {
      const loader = loaders[extname(path)];
      if (loader === undefined || /[\\/]node_modules[\\/]/.test(path)) return undefined;
      const text = await readFile(path, 'utf8');
      const contents = namespaceImports(text);
      return contents === text ? undefined : { contents, loader };
    });
  },
};

/** @example namespaceImports("import { z, type ZodType } from 'zod';") // "import * as z from 'zod'; import { type ZodType } from 'zod';" */
export function namespaceImports(text: string): string {
  return text.replace(namedImport, (whole, list: string) => {
    const names = list.split(',').map((name) => name.trim());
    if (!names.includes('z')) return whole;
    const others = names.filter((name) => name !== 'z' && name !== '');
    const namespace = "import * as z from 'zod'";
    return others.length === 0 ? namespace : `${namespace}; import { ${others.join(', ')} } from 'zod'`;
  });
}
