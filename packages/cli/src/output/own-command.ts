/**
 * How the user would type `headwater` here, so that what the demo suggests works when pasted.
 *
 * @param module a file of this command as it runs: a source or a built one
 */
export function ownCommand(env: Readonly<Record<string, string | undefined>>, module: string): string {
  // From its sources it runs in its own workspace, which has a script of that name.
  if (module.endsWith('.ts')) return 'npm run -s headwater --';
  // Under npx alone there is nothing installed of the command's own name, and npx would fetch a stranger's.
  if (/[\\/]_npx[\\/]/.test(module)) return 'npx @headwater/cli';
  return env['npm_lifecycle_event'] === undefined ? 'headwater' : 'npx headwater';
}
