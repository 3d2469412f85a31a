import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { repositoryRoot } from './repository-files.ts';
import { runProgram } from './run-program.ts';

const manifestOf = z.object({
  name: z.string(),
  private: z.boolean().default(false),
  version: z.string(),
  bin: z.record(z.string(), z.string()).default({}),
  peerDependencies: z.record(z.string(), z.string()).default({}),
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean() })).default({}),
});

/** The packages that are published: their manifest, their folder, and the name of their tarball. */
export const publishedPackages = readdirSync(join(repositoryRoot, 'packages'))
  .map((folder) => {
    const path = join(repositoryRoot, 'packages', folder);
    const manifest = manifestOf.parse(JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')));
    const tarball = `${manifest.name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`;
    return { ...manifest, path, tarball };
  })
  .filter((each) => !each.private);

/**
 * Runs a program that has to succeed.
 *
 * @returns what it wrote
 * @throws Error with all that the program wrote, not with its exit status alone
 */
export async function succeed(cwd: string, program: string, args: readonly string[]): Promise<string> {
  const { status, output } = await runProgram(cwd, program, args);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}\n${output}`);
  return output;
}

/** Builds every package and packs it into the folder `tarballs` of `folder`, as a release does. */
export async function packPackages(folder: string): Promise<void> {
  const tarballs = join(folder, 'tarballs');
  mkdirSync(tarballs);
  await succeed(repositoryRoot, process.execPath, [join(repositoryRoot, 'scripts', 'build.ts')]);
  const pack = [join(repositoryRoot, 'scripts', 'pnpm.mjs'), 'pack', '--pack-destination', tarballs];
  for (const { path } of publishedPackages) await succeed(path, process.execPath, pack);
}

/**
 * A project outside the workspace that has all published packages from their tarballs, installed by npm.
 *
 * @param devDependencies what it has besides; `@types/node` comes by itself
 * @returns its folder, which the caller removes; the tarballs are in its folder `tarballs`
 */
export async function installConsumer(
  devDependencies: Readonly<Record<string, string>> = {},
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'headwater-consumer-'));
  await packPackages(folder);
  await installProject({
    folder,
    tarballs: 'tarballs',
    packages: publishedPackages.map(({ name }) => name),
    devDependencies,
  });
  return folder;
}

/** A project that installs packages from their tarballs. */
interface Project {
  readonly folder: string;
  /** The folder of the tarballs, absolute or from the project's own. */
  readonly tarballs: string;
  /** Names of published packages. Those that they depend on have to be among them. */
  readonly packages: readonly string[];
  /** What it has besides, such as the driver of an engine: versions by name. */
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Makes a project with the packages, and with the peers that they do not call optional, installed by npm. */
export async function installProject(project: Project): Promise<void> {
  const { folder, tarballs, packages, dependencies = {}, devDependencies = {} } = project;
  const chosen = publishedPackages.filter(({ name }) => packages.includes(name));
  const peers = chosen.flatMap(({ peerDependencies, peerDependenciesMeta }) =>
    Object.entries(peerDependencies).filter(([name]) => !peerDependenciesMeta[name]?.optional),
  );
  const own = chosen.map(({ name, tarball }) => [name, `file:${tarballs}/${tarball}`] as const);
  const manifest = {
    name: 'consumer',
    private: true,
    type: 'module',
    dependencies: { ...Object.fromEntries([...peers, ...own]), ...dependencies },
    devDependencies: { '@types/node': '^24.0.0', ...devDependencies },
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const quietly = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  await succeed(folder, 'npm', ['install', ...quietly]);
}

/** How strictly a careful user has his programs compiled. Every declaration that they reach is checked too. */
export const strictOptions = {
  target: 'es2024',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  types: ['node'],
  skipLibCheck: false,
} as const;
