import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { installProject, strictOptions, succeed } from './packed-packages.ts';
import { repositoryRoot } from './repository-files.ts';

/** What a service installs that asks a lake and handles events, and loads nothing. */
const asking = ['@headwater/core', '@headwater/storage', '@headwater/queries', '@headwater/stream'];

/** The packages that only some programs need, each with a program of test/combinations/without that needs it. */
const drivers = {
  '@duckdb/node-api': 'duckdb.mjs',
  '@aws-sdk/client-athena': 'athena.mjs',
  '@aws-sdk/client-s3': 's3.mjs',
  '@aws-sdk/client-kinesis': 'kinesis.mjs',
  'apache-arrow': 'arrow.mjs',
  pg: 'postgres.mjs',
} as const;
type Driver = keyof typeof drivers;
const driverNames = Object.keys(drivers) as Driver[];

/** A folder of test/combinations: the packages and the drivers that the programs in it need. */
interface Combination {
  readonly name: string;
  readonly packages: readonly string[];
  readonly needs: readonly Driver[];
}

const combinations: readonly Combination[] = [
  { name: 'athena', packages: asking, needs: ['@aws-sdk/client-athena', '@aws-sdk/client-s3'] },
  { name: 'duckdb', packages: [...asking, '@headwater/etl'], needs: ['@duckdb/node-api'] },
  // Trino is asked by HTTP, a metric's definition asks nothing, and a stream runs in its own process.
  { name: 'driverless', packages: asking, needs: [] },
];

/**
 * Installs each combination of drivers that a program may have, and shows that it needs no other.
 *
 * @param packed gives a folder whose folder `tarballs` has the packed packages; called when the tests run
 */
export function testCombinations(packed: () => string): void {
  describe.for(combinations)('the combination $name', ({ name, packages, needs }) => {
    const sources = join(import.meta.dirname, 'combinations');
    const programs = readdirSync(join(sources, name));
    let folder: string;

    beforeAll(async () => {
      // Not below `packed`, whose node_modules Node would find from there.
      folder = mkdtempSync(join(tmpdir(), `headwater-${name}-`));
      const dependencies = Object.fromEntries(needs.map((driver) => [driver, workspaceVersion(driver)]));
      await installProject({ folder, tarballs: join(packed(), 'tarballs'), packages, dependencies });
      cpSync(join(sources, name), folder, { recursive: true });
      cpSync(join(sources, 'without'), join(folder, 'without'), { recursive: true });
      cpSync(join(sources, 'shop.ts'), join(folder, 'shop.ts'));
    });

    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test('holds the drivers that it needs, and no other', () => {
      const isThere = (driver: Driver): boolean => existsSync(join(folder, 'node_modules', driver));
      expect(driverNames.filter(isThere)).toEqual(driverNames.filter((driver) => needs.includes(driver)));
    });

    test('compiles strictly and runs', async () => {
      const compilerOptions = { ...strictOptions, module: 'nodenext', outDir: 'out' };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: programs }));
      await succeed(folder, join(repositoryRoot, 'node_modules', '.bin', 'tsc'), ['-p', '.']);
      for (const program of programs)
        await succeed(folder, process.execPath, [join('out', program.replace(/ts$/, 'js'))]);
    });

    test.for(driverNames.filter((driver) => !needs.includes(driver)))(
      'names %s where it is needed',
      async (driver) => {
        const output = await succeed(folder, process.execPath, [join('without', drivers[driver])]);
        expect(JSON.parse(output)).toMatchObject({
          code: 'PACKAGE_MISSING',
          message: expect.stringContaining(`npm install ${driver}`),
          payload: { package: driver },
        });
      },
    );
  });
}

/** The version that the workspace itself has, so that nothing new is downloaded. */
function workspaceVersion(driver: Driver): string {
  const manifest = join(repositoryRoot, 'packages', 'queries', 'node_modules', driver, 'package.json');
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, 'utf8'))).version;
}
