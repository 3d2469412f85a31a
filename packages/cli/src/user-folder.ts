import { existsSync } from 'node:fs';

/**
 * The folder that the user's paths are relative to, where it differs from the working folder.
 *
 * npm and pnpm run a script in the package's folder, and pass the caller's folder in INIT_CWD. A script named `headwater`
 * passes on the caller's words, so its paths are relative to the caller's folder. The paths of any other script are in
 * package.json, and relative to the package's folder.
 */
export function userFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const script = env['npm_lifecycle_event'];
  const folder = env['INIT_CWD'];
  const isPassedOn = script === undefined || script === 'headwater';
  return isPassedOn && folder !== undefined && existsSync(folder) ? folder : undefined;
}
