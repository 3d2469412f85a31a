import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** The compiler that a project with checks installs: the one that this repository uses. */
export const typescriptRange = '^7.0.2';

/**
 * The package.json of a new project. It depends on the versions of this command.
 * @param isChecked whether its types are to be checked
 */
export async function projectManifest(folder: string, isChecked: boolean) {
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
    ...(isChecked ? { devDependencies: { typescript: typescriptRange } } : {}),
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
