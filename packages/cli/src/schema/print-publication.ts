import type { Console } from '../output/console.ts';
import { printComparison } from './print-comparison.ts';
import { printPublishPlan } from './print-publish-plan.ts';
import type { PublishAnswer, PublishPart } from './publish-answer.ts';

/** Prints the plan of a publication for people, and a note for each step as it begins. */
export async function printPublishPart(part: PublishPart, console: Console): Promise<void> {
  if (part.kind === 'step') return console.note(console.noteStyle('dim', `publishing ${part.step}`));
  await printComparison(console, part.comparison);
  await printPublishPlan(console, part.plan);
}

/** Prints how a publication ended, for people. */
export function printPublished(
  { plan, outcome, notAllowed, file }: PublishAnswer,
  { print, style }: Console,
): Promise<void> {
  switch (outcome) {
    case 'unchanged':
      return print(style('dim', 'Everything is published already.'));
    case 'planned':
      return notAllowed.length > 0
        ? print(`\nTo publish it, give ${notAllowed.map((id) => `--allow ${id}`).join(' ')}`)
        : Promise.resolve();
    case 'declined':
      return print('Nothing was published.');
    case 'published': {
      const { version, table } = plan.snapshot;
      return print(`${style('green', 'published')} ${table} ${version}. Commit ${file} with the code.`);
    }
  }
}
