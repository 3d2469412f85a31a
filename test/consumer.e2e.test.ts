// The packages as a user gets them: packed, installed by npm outside the workspace, compiled strictly, run.
// Another program in test/consumer/ is another test; another package in packages/ is covered as it comes.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { installConsumer, publishedPackages as packages, strictOptions, succeed } from './packed-packages.ts';
import { repositoryRoot } from './repository-files.ts';
import { testCombinations } from './test-combinations.ts';

const launchers = join(repositoryRoot, 'node_modules', '.bin');
const programs = readdirSync(join(import.meta.dirname, 'consumer'));
const commands = packages.flatMap(({ bin, version }) =>
  Object.keys(bin).map((command) => ({ command, version })),
);

let consumer: string;
beforeAll(async () => {
  consumer = await installConsumer();
  cpSync(join(import.meta.dirname, 'consumer'), consumer, { recursive: true });
});

afterAll(() => rmSync(consumer, { recursive: true, force: true }));

describe.for(packages)('$name', ({ name, tarball }) => {
  test('comes from its tarball, with its licence and nothing of the workshop', async () => {
    const lock = z
      .object({ packages: z.record(z.string(), z.object({ resolved: z.string().optional() })) })
      .parse(JSON.parse(readFileSync(join(consumer, 'package-lock.json'), 'utf8')));
    expect(lock.packages[`node_modules/${name}`]?.resolved).toBe(`file:tarballs/${tarball}`);
    const files = readdirSync(join(consumer, 'node_modules', name), { recursive: true, encoding: 'utf8' });
    expect(files).toContain('LICENSE');
    expect(files.filter((file) => /(^|\/)(test|bench)\/|[.]tsbuildinfo$|[.]test[.]/.test(file))).toEqual([]);
  });

  test('maps every built file to a source it carries', () => {
    const home = join(consumer, 'node_modules', name);
    const maps = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.js.map'),
    );
    expect(maps).not.toEqual([]);
    const missing = maps.flatMap((map) => {
      const { sources } = z
        .object({ sources: z.array(z.string()) })
        .parse(JSON.parse(readFileSync(join(home, map), 'utf8')));
      return sources.map((source) => join(home, map, '..', source)).filter((source) => !existsSync(source));
    });
    expect(missing).toEqual([]);
  });

  test('carries its Python files where its code looks for them', () => {
    const home = join(consumer, 'node_modules', name);
    const inSources = readdirSync(join(home, 'src'), { recursive: true, encoding: 'utf8' });
    const scripts = inSources.filter((file) => file.endsWith('.py'));
    expect(scripts.length > 0).toBe(name === '@headwater/etl');
    expect(scripts.filter((file) => !existsSync(join(home, 'dist', file)))).toEqual([]);
  });

  test('publint finds nothing', async () => {
    const output = await succeed(consumer, join(launchers, 'publint'), [
      'run',
      join('tarballs', tarball),
      '--strict',
    ]);
    expect(output).toContain('All good!');
  });

  test('every way to resolve its types as ESM works', async () => {
    await succeed(consumer, join(launchers, 'attw'), [join('tarballs', tarball), '--profile', 'esm-only']);
  });
});

describe.for(['nodenext', 'bundler'])('compiled strictly with %s resolution', (moduleResolution) => {
  test('every program in test/consumer', async () => {
    const options = {
      ...strictOptions,
      // The compatibility tests check every declaration under nodenext.
      skipLibCheck: moduleResolution === 'nodenext',
      module: moduleResolution === 'bundler' ? 'preserve' : moduleResolution,
      moduleResolution,
      outDir: `out-${moduleResolution}`,
    };
    const project = `tsconfig.${moduleResolution}.json`;
    writeFileSync(join(consumer, project), JSON.stringify({ compilerOptions: options, files: programs }));
    await succeed(consumer, join(launchers, 'tsc'), ['-p', project]);
    for (const program of programs) {
      const built = join(`out-${moduleResolution}`, program.replace(/ts$/, 'js'));
      await succeed(consumer, process.execPath, [built]);
    }
  });
});

describe.for(commands)('the installed command $command', ({ command, version }) => {
  const installed = () => join(consumer, 'node_modules', '.bin', command);

  test('tells its version', async () => {
    expect((await succeed(consumer, installed(), ['--version'])).trim()).toBe(version);
  });

  test('tells how it is used', async () => {
    expect(await succeed(consumer, installed(), ['--help'])).toContain(command);
  });
});

describe("a project's own metric in the installed command", () => {
  const headwater = (...args: readonly string[]) =>
    succeed(consumer, join(consumer, 'node_modules', '.bin', 'headwater'), args);

  beforeAll(() =>
    writeFileSync(
      join(consumer, 'headwater.config.mjs'),
      "export { default } from './out-nodenext/own-metric.js';\n",
    ),
  );

  test('is listed, described and completed', async () => {
    expect(await headwater('query', '--help')).toContain('basket-size');
    expect(await headwater('query', 'basket-size', '--help')).toContain('Units of the purchase events');
    expect(await headwater('completion', 'bash')).toContain('basket-size');
  });

  test('is explained', async () => {
    const range = ['--from', '2024-03-03', '--to', '2024-03-04'];
    writeFileSync(
      join(consumer, 'sales.csv'),
      'sold_at,kind,receipt,article,units,unit_price,customer\n2024-03-03 10:00:00 UTC,sale,1,tea,3,2.50,ada\n',
    );
    await headwater('etl', 'run', 'sales.csv');
    expect(await headwater('query', 'basket-size', ...range, '--explain')).toContain('"ordered"');
    expect(JSON.parse(await headwater('query', 'basket-size', ...range, '--json'))).toEqual([
      { period: '2024-03-03', orders: 1, units: 3, unitsPerOrder: 3 },
    ]);
  });

  test('has a policy that reads its columns and no other', async () => {
    const policy = await headwater('derive', 'iam-policy', '--metric', 'basket-size', '--json');
    expect(policy).toContain('receipt');
    expect(policy).not.toContain('customer');
  });
});

test('a new project compiles by its own settings', async () => {
  await succeed(consumer, join(consumer, 'node_modules', '.bin', 'headwater'), ['init', 'shop']);
  await succeed(join(consumer, 'shop'), join(launchers, 'tsc'), ['-p', '.']);
});

testCombinations(() => consumer);
