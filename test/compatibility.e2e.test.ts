// The compilers and the releases of Node that users have. Every program in test/consumer is compiled by each compiler against
// the packed packages, and what each compiler wrote runs on each Node.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeBlocks, programOf } from './code-blocks.ts';
import { installConsumer, strictOptions, succeed } from './packed-packages.ts';
import { repositoryFiles, repositoryRoot } from './repository-files.ts';

const workspaceTool = (name: string) => join(repositoryRoot, 'node_modules', '.bin', name);
const programs = readdirSync(join(import.meta.dirname, 'consumer'));

/** Installed beside the packages, under a name of its own. The workspace has TypeScript 7 and Node 24. */
const installed = {
  'typescript-5.9': 'npm:typescript@5.9.3',
  'typescript-6': 'npm:typescript@6.0.3',
  'node-22': 'npm:node@22.23.3',
  'node-26': 'npm:node@26.10.0',
};

/** Documents with TypeScript in them. A user may run it as it is, its types stripped, so its syntax must suit every Node. */
const documents = repositoryFiles()
  .filter((file) => /(^|\/)README\.md$/.test(file))
  .map((file) => ({ file, blocks: codeBlocks(readFileSync(join(repositoryRoot, file), 'utf8'), 'ts') }))
  .filter(({ blocks }) => blocks.length > 0)
  .map(({ file, blocks }) => ({ file, module: file.replaceAll(/\W+/g, '-'), text: programOf(blocks) }));

let consumer: string;
const inConsumer = (...path: string[]) => join(consumer, 'node_modules', ...path);
/** Run by the Node of this process, whatever the machine's own is. */
const compilers = {
  'TypeScript 5.9': () => inConsumer('typescript-5.9', 'bin', 'tsc'),
  'TypeScript 6': () => inConsumer('typescript-6', 'bin', 'tsc'),
  'TypeScript 7': () => join(repositoryRoot, 'node_modules', 'typescript', 'bin', 'tsc'),
};
const nodes = {
  'Node 22': () => inConsumer('node-22', 'bin', 'node'),
  'Node 24': () => workspaceTool('node'),
  'Node 26': () => inConsumer('node-26', 'bin', 'node'),
};

/** A mistake in a column that comes late in a table, in the second table of a lake: what is before it fills a message. */
const wrongValue = `
import { defineEvents, timestamp } from '@headwater/core';
import { createLake } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { z } from 'zod';
const text = z.string();
const columns = { at: timestamp(), actor: text, a: text, b: text, c: text, d: text, e: text };
const roles = { time: 'at', actor: 'actor' } as const;
const tables = [
  defineEvents('visits', { columns, roles }),
  defineEvents('shop', { columns: { ...columns, kind: z.enum(['view', 'cart', 'purchase']), f: text }, roles }),
] as const;
const lake = createLake({ tables, engine: duckdbEngine({ lake: './lake' }) });
export const query = lake.shop.between('2024-03-03', '2024-03-05').select('a').where('kind', '=', 'purchse');
`;

const outputOf = (compiler: string) => `out-${compiler.replaceAll(' ', '-')}`;

beforeAll(async () => {
  consumer = await installConsumer(installed);
  cpSync(join(import.meta.dirname, 'consumer'), consumer, { recursive: true });
  const folder = join(consumer, 'documents');
  mkdirSync(folder);
  const sources = documents.map(({ module, text }) => {
    writeFileSync(join(folder, `${module}.ts`), text);
    return `${module}.ts`;
  });
  const strip = ['--ignoreConfig', '--noCheck', '--noResolve', '--target', 'esnext', '--module', 'esnext'];
  await succeed(folder, process.execPath, [compilers['TypeScript 7'](), ...strip, ...sources]);
});
afterAll(() => rmSync(consumer, { recursive: true, force: true }));

describe.for(Object.entries(compilers))('%s', ([compiler, path]) => {
  test('compiles every program in test/consumer strictly', async () => {
    const output = await succeed(consumer, process.execPath, [path(), '--version']);
    expect(output).toContain(compiler.replace('TypeScript', 'Version'));
    // Every declaration is checked by the oldest and the newest, which takes most of the time.
    const skipLibCheck = compiler === 'TypeScript 6';
    const compilerOptions = {
      ...strictOptions,
      skipLibCheck,
      module: 'nodenext',
      outDir: outputOf(compiler),
    };
    const project = `${outputOf(compiler)}.json`;
    writeFileSync(join(consumer, project), JSON.stringify({ compilerOptions, files: programs }));
    await succeed(consumer, process.execPath, [path(), '-p', project]);
  });

  test('names the values that a column holds, where a query compares it with another one', async () => {
    const compilerOptions = { ...strictOptions, skipLibCheck: true, module: 'nodenext', noEmit: true };
    const project = `wrong-value-${outputOf(compiler)}.json`;
    writeFileSync(join(consumer, 'wrong-value.ts'), wrongValue);
    writeFileSync(join(consumer, project), JSON.stringify({ compilerOptions, files: ['wrong-value.ts'] }));
    const failed = succeed(consumer, process.execPath, [path(), '-p', project]);
    // TypeScript 7 sorts them; the others keep the order of the declaration.
    await expect(failed).rejects.toThrow(
      /'"purchse"' is not assignable to .*<\{ readonly kind: ("cart" \| "purchase" \| "view"|"view" \| "cart" \| "purchase"); \}/,
    );
  });
});

describe.for(Object.entries(nodes))('%s', ([node, path]) => {
  test('is what it is called', async () => {
    expect(await succeed(consumer, path(), ['--version'])).toContain(node.replace('Node ', 'v'));
  });

  test.for(Object.keys(compilers))('runs what %s compiled', async (compiler) => {
    for (const program of programs) {
      await succeed(consumer, path(), [join(outputOf(compiler), program.replace(/ts$/, 'js'))]);
    }
  });

  test('starts the command', async () => {
    expect(await succeed(consumer, path(), [inConsumer('.bin', 'headwater'), '--help'])).toContain('query');
  });

  test.for(documents)('parses the TypeScript in $file', async ({ module }) => {
    await succeed(join(consumer, 'documents'), path(), ['--check', `${module}.js`]);
  });
});
