/**
 * How a user types `headwater` here, so that suggested commands work when pasted.
 *
 * @param module a file of the running command: a source or a built one
 */
export function ownCommand(env: Readonly<Record<string, string | undefined>>, module: string): string {
  // Sources run in the workspace of the repository, which has a script of that name.
  if (module.endsWith('.ts')) return 'npm run -s headwater --';
  // Under npx nothing is installed by the name `headwater`, and npx would fetch an unrelated package.
  if (/[\\/]_npx[\\/]/.test(module)) return 'npx @headwater/cli';
  return env['npm_lifecycle_event'] === undefined ? 'headwater' : 'npx headwater';
}
