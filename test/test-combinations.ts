import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { installProject, strictOptions, succeed } from './packed-packages.ts';
import { repositoryRoot } from './repository-files.ts';

/** What a service installs that asks a lake and loads nothing. */
const packages = ['@headwater/core', '@headwater/storage', '@headwater/queries'];

/** The packages that only some programs need. */
const drivers = ['@duckdb/node-api', '@aws-sdk/client-athena', '@aws-sdk/client-s3', 'apache-arrow'] as const;
type Driver = (typeof drivers)[number];

/** A folder of test/combinations, the drivers that its programs need, and what asks for a driver that they lack. */
interface Combination {
  readonly name: string;
  readonly needs: readonly Driver[];
  readonly lacks: Readonly<Partial<Record<Driver, string>>>;
}

const open = (subpath: string, engine: string): string =>
  `const { ${engine.slice(0, engine.indexOf('('))} } = await import('@headwater/queries/${subpath}'); const lake = open(${engine});`;
const select = "await sql(lake, 'select 1');";
const onDuckdb = `${open('duckdb', "duckdbEngine({ lake: '.' })")} ${select}`;
const onAthena = `${open('athena', "athenaEngine({ region: 'r', database: 'd', workgroup: 'w' })")} ${select}`;
const atTrino =
  "trinoEngine({ url: 'http://127.0.0.1:1', catalog: 'c', schema: 's', lake: 's3://bucket/lake' })";
const asArrow = `${open('trino', atTrino)} const { arrowTable } = await import('@headwater/queries/arrow'); await arrowTable(lake, { sql: 'select 1', parameters: [] });`;
const ofS3 = `${open('trino', atTrino)} await estimateScan(lake, 'select * from orders');`;

const combinations: readonly Combination[] = [
  {
    name: 'athena',
    needs: ['@aws-sdk/client-athena', '@aws-sdk/client-s3'],
    lacks: { '@duckdb/node-api': onDuckdb, 'apache-arrow': asArrow },
  },
  {
    // Trino is asked by HTTP, and a metric's definition asks nothing.
    name: 'driverless',
    needs: [],
    lacks: {
      '@duckdb/node-api': onDuckdb,
      '@aws-sdk/client-athena': onAthena,
      '@aws-sdk/client-s3': ofS3,
      'apache-arrow': asArrow,
    },
  },
  {
    name: 'duckdb',
    needs: ['@duckdb/node-api'],
    lacks: { '@aws-sdk/client-athena': onAthena, 'apache-arrow': asArrow },
  },
];

/**
 * Installs each combination of drivers that a program may have, and shows that it needs no other.
 *
 * @param packed a folder with the packed packages in its folder `tarballs`, asked once it is there
 */
export function testCombinations(packed: () => string): void {
  describe.for(combinations)('the combination $name', ({ name, needs, lacks }) => {
    const sources = join(import.meta.dirname, 'combinations', name);
    let folder: string;

    beforeAll(async () => {
      // Not below `packed`, whose node_modules Node would find from there.
      folder = mkdtempSync(join(tmpdir(), `headwater-${name}-`));
      const dependencies = Object.fromEntries(needs.map((driver) => [driver, workspaceVersion(driver)]));
      await installProject({ folder, tarballs: join(packed(), 'tarballs'), packages, dependencies });
      cpSync(sources, folder, { recursive: true });
      cpSync(join(sources, '..', 'shop.ts'), join(folder, 'shop.ts'));
    });

    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test('holds the drivers that it needs, and no other', () => {
      expect(drivers.filter((driver) => existsSync(join(folder, 'node_modules', driver)))).toEqual(
        drivers.filter((driver) => needs.includes(driver)),
      );
    });

    test('compiles strictly and runs', async () => {
      const programs = readdirSync(sources);
      const compilerOptions = { ...strictOptions, module: 'nodenext', outDir: 'out' };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: programs }));
      await succeed(folder, join(repositoryRoot, 'node_modules', '.bin', 'tsc'), ['-p', '.']);
      for (const program of programs)
        await succeed(folder, process.execPath, [join('out', program.replace(/ts$/, 'js'))]);
    });

    test.for(Object.entries(lacks))('says to install %s when it is needed', async ([driver, program]) => {
      const file = 'lacks-a-driver.mjs';
      writeFileSync(join(folder, file), failing(program));
      expect(JSON.parse(await succeed(folder, process.execPath, [file]))).toMatchObject({
        code: 'PACKAGE_MISSING',
        message: expect.stringContaining(`npm install ${driver}`),
        payload: { package: driver },
      });
    });
  });
}

/** A program that prints the error that `program` ends with, as JSON. */
const failing = (program: string): string => `
import { defineEvents, timestamp } from '@headwater/core';
import { createLake, estimateScan, sql } from '@headwater/queries';
const orders = defineEvents('orders', { columns: { at: timestamp() }, roles: { time: 'at' } });
const open = (engine) => createLake({ tables: [orders], engine });
try { ${program} } catch (error) { console.log(JSON.stringify(error)); }
`;

/** The version that the workspace itself has, so that nothing new is downloaded. */
function workspaceVersion(driver: Driver): string {
  const manifest = join(repositoryRoot, 'packages', 'queries', 'node_modules', driver, 'package.json');
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, 'utf8'))).version;
}
