import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const measured = /^(Files|Symbols|Types|Instantiations|Memory used|Check time|Total time):/;

/** What it costs to check the types of the example workspace: counts, which are the code's, and seconds, which are the machine's. */
export async function benchTypes(): Promise<void> {
  const project = join(root, 'bench', '.types.tsconfig.json');
  const options = { noEmit: true, declaration: false, declarationMap: false };
  writeFileSync(
    project,
    JSON.stringify({
      extends: '../tsconfig.base.json',
      compilerOptions: options,
      include: ['../examples/ecommerce'],
    }),
  );
  const tsc = join(root, 'node_modules', '.bin', 'tsc');
  const { status, stdout } = spawnSync(tsc, ['-p', project, '--extendedDiagnostics'], { encoding: 'utf8' });
  rmSync(project);
  if (status !== 0) throw new Error(`tsc ended with ${status}: ${stdout.slice(-2000)}`);
  const lines = stdout.split('\n').filter((line) => measured.test(line));
  process.stdout.write(`\ntypes of examples/ecommerce\n${lines.map((line) => `  ${line}\n`).join('')}`);
}
