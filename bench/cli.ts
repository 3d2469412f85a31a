import { fileURLToPath } from 'node:url';
import { printPaired, timePaired } from './paired.ts';

/** `headwater --help` against a Node that does nothing. */
export function benchCli(rounds: number): void {
  const bin = fileURLToPath(new URL('../packages/cli/src/bin.ts', import.meta.url));
  const results = timePaired(
    [
      {
        name: 'headwater --help',
        command: [process.execPath, '--conditions=@headwater/source', bin, '--help'],
      },
      { name: 'node -e 0', command: [process.execPath, '-e', '0'] },
    ],
    rounds,
  );
  printPaired('start of the command', results);
}
