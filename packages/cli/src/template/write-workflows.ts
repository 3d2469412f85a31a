import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { HeadwaterError } from '@headwater/core';

/** The workflows of GitHub Actions that `headwater init --ci github` writes. */
export const workflowNames = ['headwater-plan.yml', 'headwater-deploy.yml'] as const;

/** A file that is to be written, or that is there already with the same content. */
export interface WorkflowFile {
  readonly path: string;
  readonly content: string;
  readonly isThere: boolean;
}

/**
 * The workflows of a project, with the paths to write them to: in the repository that contains the project's folder, or in the folder
 * itself if no repository contains it. It writes nothing.
 *
 * @throws HeadwaterError `OUTPUT_EXISTS` when one of the files is there with other content
 */
export async function workflowFiles(given: string): Promise<readonly WorkflowFile[]> {
  const folder = resolve(given);
  const repository = repositoryOf(folder) ?? folder;
  const project = relative(repository, folder).replaceAll('\\', '/');
  return Promise.all(
    workflowNames.map(async (name) => {
      const path = join(repository, '.github', 'workflows', name);
      const content = inFolder(await readFile(templateOf(name), 'utf8'), project);
      const earlier = existsSync(path) ? await readFile(path, 'utf8') : undefined;
      if (earlier !== undefined && earlier !== content) throw new HeadwaterError('OUTPUT_EXISTS', { path });
      return { path, content, isThere: earlier !== undefined };
    }),
  );
}

/** Writes those that are not there. @returns their paths */
export async function writeWorkflows(files: readonly WorkflowFile[]): Promise<string[]> {
  const missing = files.filter(({ isThere }) => !isThere);
  for (const { path, content } of missing) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content, { flag: 'wx' });
  }
  return missing.map(({ path }) => path);
}

// From the sources, which are published beside what is built from them.
const templateOf = (name: string): URL => new URL(`../../src/template/github/${name}`, import.meta.url);

/** The same workflow for a project below the repository's top folder: every `run` works in the project's. */
const inFolder = (text: string, project: string): string =>
  project === '' ? text : text.replace(/^( +working-directory:) \.$/m, `$1 ${JSON.stringify(project)}`);

/** The top folder of the repository that a folder is in. A worktree has a file `.git`. */
function repositoryOf(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : repositoryOf(above);
}
