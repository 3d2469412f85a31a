import { mkdir, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type EventsTable, HeadwaterError } from '@headwater/core';
import { packageMissing } from '@headwater/core/internal';
import type { BuildFailure, BuildOptions, StdinOptions } from 'esbuild';
import type { EntrySettings } from '../entries/entry-settings.ts';
import { streamProblems } from '../stream-config.ts';
import { type HandlerName, handlerEntries } from './handler-entries.ts';
import { importZodNamespace } from './import-zod-namespace.ts';

/** What every bundle takes. */
export interface BundleOptions {
  /** The folder of the bundle, such as the asset of a CDK function. It is made, and `index.mjs` in it replaced. */
  readonly folder: string;
  /**
   * Whether the bundle holds the clients of AWS. Defaults to false: the runtimes of Lambda have them
   * (https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html).
   */
  readonly sdkInside?: boolean | undefined;
}

/** A handler of ours, over a table. */
export interface HandlerBundleOptions extends BundleOptions {
  readonly handler: HandlerName;
  readonly table: Pick<EventsTable, 'schema'>;
  /** Each handler uses those that apply to it. */
  readonly settings?: EntrySettings | undefined;
}

/** A module of one's own that exports `handler`, such as one with `defineHandler`. */
export interface ModuleBundleOptions extends BundleOptions {
  /** Its path. */
  readonly entry: string;
}

/** A bundle on disk. */
export interface HandlerBundle {
  /** The path of `index.mjs`. The handler of the function is `index.handler`. */
  readonly file: string;
  readonly bytes: number;
}

/** Modules in CommonJS call `require`, which a module has not. */
const banner = "import{createRequire}from'module';const require=createRequire(import.meta.url);";

/** In the workspace, packages are their sources; installed, they are JavaScript. */
const isSource = extname(import.meta.filename) === '.ts';

/**
 * Bundles a Lambda function for `nodejs24.x`: one minified ES module. For a handler of ours it holds the table's schema, and not the module of the
 * definition: zod and the checks of definitions stay out of the bundle and of every cold start. The function reads names of
 * resources from its environment; see {@link entryVariables}.
 *
 * The same input gives the same bytes, so a deployment without a change changes nothing.
 *
 * @throws HeadwaterError `PACKAGE_MISSING` without esbuild, `OPTION_INVALID` for settings that cannot be used, `BUNDLE_FAILED` when a module
 *   cannot be bundled
 * @example
 * ```ts
 * await bundleHandler({ handler: 'sessions', table: clickstream, folder: 'cdk.out/sessions' });
 * // { file: 'cdk.out/sessions/index.mjs', bytes: 120416 }
 * await bundleHandler({ entry: 'src/big-spenders.ts', folder: 'cdk.out/big-spenders' });
 * ```
 */
export async function bundleHandler(
  options: HandlerBundleOptions | ModuleBundleOptions,
): Promise<HandlerBundle> {
  const { folder, sdkInside = false } = options;
  const { build } = await import('esbuild').catch(packageMissing('esbuild', 'A bundle of a Lambda function'));
  const input: BuildOptions =
    'entry' in options ? { entryPoints: [options.entry] } : { stdin: entryModule(options) };
  const { outputFiles } = await build({
    ...input,
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    conditions: isSource ? ['@headwater/source'] : [],
    external: sdkInside ? [] : ['@aws-sdk/*', '@smithy/*'],
    banner: { js: banner },
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'silent',
    plugins: [importZodNamespace],
  }).catch((error: BuildFailure) => {
    const [first] = error.errors;
    const { file, line } = first?.location ?? {};
    throw new HeadwaterError(
      'BUNDLE_FAILED',
      {
        entry: 'entry' in options ? options.entry : options.handler,
        problem: `${file === undefined ? '' : `${file}:${line}: `}${first?.text ?? error.message}`,
      },
      { cause: error },
    );
  });
  const [output] = outputFiles ?? [];
  if (!output) throw new Error('esbuild gave no output');
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'index.mjs');
  await writeFile(file, output.contents);
  return { file, bytes: output.contents.length };
}

/** The words of the config that turn a handler off. */
const switches = {
  recommend: 'viewedTogether',
  reminders: 'abandonedCart',
} as const satisfies Partial<Record<HandlerName, keyof NonNullable<EntrySettings['reminders']>>>;

function assertSettings({ handler, table, settings = {} }: HandlerBundleOptions): void {
  const { source: _, ...config } = settings;
  const invalid = (field: string, problem: string, expected: string): never => {
    throw new HeadwaterError('OPTION_INVALID', { option: `settings.${field}`, value: problem, expected });
  };
  const [first] = streamProblems(config, table.schema);
  if (first) invalid(first.field, first.problem, first.fix);
  const word = Object.hasOwn(switches, handler) ? switches[handler as keyof typeof switches] : undefined;
  if (word !== undefined && config.reminders?.[word] === false)
    invalid(`reminders.${word}`, 'false', `settings for the handler ${handler}, or no bundle of it`);
}

/** The module of a function of ours. */
function entryModule(options: HandlerBundleOptions): StdinOptions {
  assertSettings(options);
  const { handler, table, settings = {} } = options;
  const { maker, module } = handlerEntries[handler];
  const path = join(import.meta.dirname, '..', 'entries', `${module}${extname(import.meta.filename)}`);
  return {
    contents: [
      `import { ${maker} } from ${JSON.stringify(path)};`,
      `const table = ${JSON.stringify({ schema: table.schema })};`,
      `export const handler = ${maker}(table, ${JSON.stringify(settings)});`,
    ].join('\n'),
    resolveDir: import.meta.dirname,
    sourcefile: `${handler}.mjs`,
  };
}
