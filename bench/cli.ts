import { fileURLToPath } from 'node:url';
import { buildPackages } from './build-packages.ts';
import { printPaired, timePaired } from './paired.ts';

const file = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Times `headwater --help` against a Node that does nothing: as published, after a build, and from its sources. */
export function benchCli(rounds: number): void {
  buildPackages();
  const help = [file('packages/cli/bin/headwater.js'), '--help'];
  const nothing = { name: 'node -e 0', command: [process.execPath, '-e', '0'] } as const;
  const published = timePaired(
    [{ name: 'as published', command: [process.execPath, ...help] }, nothing],
    rounds,
  );
  const sources = timePaired(
    [
      { name: 'from sources', command: [process.execPath, '--conditions=@headwater/source', ...help] },
      nothing,
    ],
    rounds,
  );
  printPaired('headwater --help, as published', published);
  printPaired('headwater --help, from its sources', sources);
}
