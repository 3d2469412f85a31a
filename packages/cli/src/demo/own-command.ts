/**
 * How the user would type `headwater` here, so that what the demo suggests works when pasted.
 *
 * @param entry the file that is running
 */
export function ownCommand(env: Readonly<Record<string, string | undefined>>, entry: string): string {
  // From its sources it runs in its own workspace, which has a script of that name.
  if (entry.endsWith('.ts')) return 'npm run -s headwater --';
  return env['npm_lifecycle_event'] === undefined ? 'headwater' : 'npx headwater';
}
