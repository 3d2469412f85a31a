import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { shellWord } from './shell-word.ts';

/**
 * How a user types `headwater` here, so that suggested commands work when pasted.
 *
 * @param module a file of the running command: a source or a built one
 * @param folder the folder in which the command is pasted
 */
export function ownCommand(
  env: Readonly<Record<string, string | undefined>>,
  module: string,
  folder: string = process.cwd(),
): string {
  // Sources run in the workspace of the repository, which has a script of that name.
  if (module.endsWith('.ts')) {
    const prefix = relative(folder, cloneFolder(module) ?? folder);
    return `npm ${prefix ? `--prefix ${shellWord(prefix)} ` : ''}run -s headwater --`;
  }
  // Under npx nothing is installed by the name `headwater`, and npx would fetch an unrelated package.
  if (/[\\/]_npx[\\/]/.test(module)) return 'npx @headwater/cli';
  return env['npm_lifecycle_event'] === undefined ? 'headwater' : 'npx headwater';
}

/** The clone of the repository that a source file is in; undefined for a built file. */
export function cloneFolder(module: string): string | undefined {
  const [, folder] = /^(.*)[\\/]packages[\\/]cli[\\/]src[\\/].*\.ts$/.exec(module) ?? [];
  return folder !== undefined && existsSync(join(folder, 'package.json')) ? folder : undefined;
}
