import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../cache-folder.ts';
import { findPython } from './find-python.ts';
import { runTool } from './run-tool.ts';

/** A set of Python packages in an environment of its own. */
export interface PythonPackages {
  /** The file of pinned packages: `requirements/<name>.txt`. */
  readonly name: string;
  /** Minor versions of Python 3 for which all packages have files. */
  readonly python: { readonly from: number; readonly to: number };
  /** Options of pip that this set needs. */
  readonly options?: readonly string[];
}

const requirements = join(import.meta.dirname, '..', '..', 'requirements');
const fileOf = (name: string): string => join(requirements, `${name}.txt`);

/** The folder of an environment. Another set of pinned packages has another folder. */
function folderOf({ name }: PythonPackages): string {
  const pinned = createHash('sha256')
    .update(readFileSync(fileOf(name)))
    .digest('hex')
    .slice(0, 12);
  return join(cacheFolder(), 'engines', `python-${name}-${pinned}`);
}

/** The environment's interpreter. */
export function interpreterOf(packages: PythonPackages): string {
  const path = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  return join(folderOf(packages), ...path);
}

/** The folder of an installed Python package, such as `pyspark`. */
export function packageFolder(packages: PythonPackages, name: string): string {
  const folder = folderOf(packages);
  const [home = ''] = globSync(`lib/python3.*/site-packages/${name}`, { cwd: folder });
  return join(folder, home);
}

/** Whether the installation completed. */
export function isInstalled(packages: PythonPackages): boolean {
  return existsSync(join(folderOf(packages), 'complete'));
}

/**
 * Installs the pinned packages if they are missing. Each is checked against its hash.
 *
 * @throws SetupError when no suitable Python is found, or pip fails
 */
export async function installPython(packages: PythonPackages): Promise<void> {
  if (isInstalled(packages)) return;
  const folder = folderOf(packages);
  const python = findPython(packages.python, packages.name);
  console.error(`Installing the Python packages for ${packages.name}`);
  // An environment contains its own path, so it is created in place. An incomplete one is removed first.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await runTool(python, ['-m', 'venv', folder], 'Is venv installed? On Debian: apt-get install python3-venv');
  const install = ['-m', 'pip', 'install', '--require-hashes', '--disable-pip-version-check'];
  const remedy = 'Downloaded packages are in the cache of pip. Remove the cause and try again';
  // The pip of a Python may be too old to resume a download.
  await runTool(interpreterOf(packages), [...install, '--quiet', '-r', fileOf('pip')], remedy);
  await runTool(
    interpreterOf(packages),
    [
      ...install,
      '--retries=5',
      '--resume-retries=5',
      '--no-deps',
      ...(packages.options ?? []),
      '-r',
      fileOf(packages.name),
    ],
    remedy,
  );
  await writeFile(join(folder, 'complete'), '');
}
