import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Builds the packages, so that the benchmark times what users install. From sources, Node strips types at every start. */
export function buildPackages(): void {
  const build = fileURLToPath(new URL('../scripts/build.ts', import.meta.url));
  const { status } = spawnSync(process.execPath, [build], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`the build ended with ${status}`);
}
