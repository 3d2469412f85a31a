import type { Difference, PublishPlan } from '@headwater/publish';
import { changeText } from '../output/change-text.ts';
import type { Console, Style } from '../output/console.ts';
import { manyPartitionsText } from '../output/many-partitions-text.ts';
import { unprojectedText } from '../output/unprojected-text.ts';

const causes: { readonly [Cause in Difference['cause']]: string } = {
  change: '',
  drift: ' (changed outside Headwater since it was published)',
  release: ' (published by another release of Headwater)',
};

/** Texts in a plan are cut: that of a view has thousands of characters. */
const mostCharacters = 80;

/** Prints the plan of a publication, step by step. */
export async function printPublishPlan(console: Console, plan: PublishPlan): Promise<void> {
  const { style } = console;
  await console.print(
    `\n${style('bold', 'plan')}  version ${plan.snapshot.version}, number ${plan.snapshot.number}`,
  );
  for (const { step, action, differences } of plan.steps) {
    await console.print(`  ${actionText(action, style)} ${step}`);
    if (action !== 'update') continue;
    for (const difference of differences) await console.print(`      ${differenceText(difference, style)}`);
  }
  if (plan.unprojected)
    await console.print(`  ${style('yellow', `warning: ${unprojectedText(plan.unprojected)}`)}`);
  const many = manyPartitionsText(plan.projectedPartitions);
  if (many !== undefined) await console.print(`  ${style('yellow', `warning: ${many}`)}`);
}

function actionText(action: PublishPlan['steps'][number]['action'], style: Style): string {
  const text = action.padEnd(6);
  if (action === 'none') return style('dim', 'none  ');
  return style(action === 'delete' ? 'red' : action === 'create' ? 'green' : 'yellow', text);
}

function differenceText({ what, was, becomes, cause }: Difference, style: Style): string {
  const text = `${what}: ${changeText(was, becomes, short)}`;
  return cause === 'drift' ? style('red', text + causes[cause]) : text + causes[cause];
}

const short = (text: string): string =>
  text.length > mostCharacters ? `${text.slice(0, mostCharacters - 1)}…` : text;
