import { existsSync } from 'node:fs';

/**
 * The folder that the user's paths are relative to, when it is not the working folder.
 *
 * npm and pnpm run a script in the package's folder and tell the caller's own in INIT_CWD. A script named `headwater`
 * only passes the caller's words on, so those mean paths of the caller's folder. Any other script's paths were written
 * down in package.json, for the package's folder.
 */
export function userFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const script = env['npm_lifecycle_event'];
  const folder = env['INIT_CWD'];
  const isPassedOn = script === undefined || script === 'headwater';
  return isPassedOn && folder !== undefined && existsSync(folder) ? folder : undefined;
}
