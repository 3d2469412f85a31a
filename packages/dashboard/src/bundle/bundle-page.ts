import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * The script of the page, as one minified module of a browser. It is made when the package is built, and when a server starts from
 * sources; an installed package has the result, and no esbuild.
 */
export async function bundlePage(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '..', 'page', 'main.tsx')],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    conditions: ['@headwater/source'],
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'silent',
  });
  const [script] = outputFiles;
  if (!script) throw new Error('esbuild gave no output');
  return script.contents;
}
