import type { DataPlan, DestroyPlan } from '@headwater/infra/deploy';
import type { Console } from '../output/console.ts';
import { kindsText } from './kinds-text.ts';
import { sizeText } from './size-text.ts';

/** Prints what goes with a stack, and what stays. What loses data is named; everything else is counted. */
export async function printDestroyPlan(console: Console, plan: DestroyPlan): Promise<void> {
  const { print, style } = console;
  const { stack, account, region, deletes, keeps } = plan;
  await print(`${style('bold', stack)} in ${account}, ${region}`);
  const plain = Map.groupBy(
    deletes.filter(({ loses }) => loses === null),
    ({ kind }) => kind,
  );
  await print(
    `  ${style('red', 'delete')} ${kindsText(Object.fromEntries([...plain].map(([kind, all]) => [kind, all.length])))}`,
  );
  for (const { what, loses } of deletes)
    if (loses !== null) await print(`  ${style('red', 'delete')} ${what}, with its ${loses}`);
  for (const { what, size } of keeps)
    await print(`  ${style('green', 'stays ')} ${what}${size ? `: ${sizeText(size)}` : ''}`);
}

/** Prints the data that a deleted stack left: what would be deleted, and what is spared. */
export async function printDataPlan(console: Console, plan: DataPlan): Promise<void> {
  const { print, style } = console;
  const { stack, account, region, deletes, spares } = plan;
  await print(`data of ${style('bold', stack)} in ${account}, ${region}`);
  for (const { what, size } of deletes)
    await print(`  ${style('red', 'delete')} ${what}${size ? `: ${sizeText(size)}` : ''}`);
  for (const { what, reason } of spares) await print(`  ${style('green', 'stays ')} ${what}: ${reason}`);
  if (deletes.length === 0) await print('Nothing is left that could be deleted.');
}
