import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quietToolkit } from '../aws/quiet-toolkit.ts';
import type { StackTemplate } from '../stack/stack-template.ts';
import type { SynthesizedStack } from '../stack/synthesized-stack.ts';
import { planStack } from './plan-stack.ts';
import type { StackPlan } from './planned-change.ts';

/**
 * What a deployment of what was synthesized would change. Reads files alone: the live template is given, so that nobody needs the right to
 * make change sets for a look.
 *
 * @param live the template of the live stack; undefined where there is no such stack
 */
export async function planDeployment(
  synthesized: SynthesizedStack,
  live: StackTemplate | undefined,
): Promise<StackPlan> {
  const { DiffMethod } = await import('@aws-cdk/toolkit-lib');
  const folder = await mkdtemp(join(tmpdir(), 'headwater-plan-'));
  try {
    const path = join(folder, 'live.json');
    await writeFile(path, JSON.stringify(live ?? {}));
    const toolkit = await quietToolkit();
    const source = await toolkit.fromAssemblyDirectory(synthesized.folder);
    const differences = await toolkit.diff(source, { method: DiffMethod.LocalFile(path) });
    const [difference] = Object.values(differences);
    if (!difference) throw new Error(`The toolkit did not compare ${synthesized.stack}.`);
    return planStack(synthesized, live, difference);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
