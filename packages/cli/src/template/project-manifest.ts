import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** The package.json of a new project. It depends on the versions of this command. */
export async function projectManifest(folder: string) {
  const headwater = `^${await versionOf(new URL('../../package.json', import.meta.url))}`;
  const zod = createRequire(import.meta.url).resolve('zod/package.json');
  return {
    name: packageName(folder),
    private: true,
    type: 'module',
    scripts: { headwater: 'headwater' },
    dependencies: {
      '@headwater/cli': headwater,
      '@headwater/core': headwater,
      zod: `^${await versionOf(zod)}`,
    },
  };
}

async function versionOf(file: string | URL): Promise<string> {
  const { version }: { version: string } = JSON.parse(await readFile(file, 'utf8'));
  return version;
}

/** A folder's name as npm allows it. */
const packageName = (folder: string): string =>
  folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '') || 'shop';
