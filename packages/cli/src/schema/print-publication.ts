import type { Console } from '../output/console.ts';
import { printComparison } from './print-comparison.ts';
import { printPublishPlan } from './print-publish-plan.ts';
import type { Publication, PublishAnswer, PublishPart } from './publish-answer.ts';

/** Prints the plan of a publication for people, and a note for each step as it begins. */
export async function printPublishPart(part: PublishPart, console: Console): Promise<void> {
  if (part.kind === 'step') return console.note(console.noteStyle('dim', `publishing ${part.step}`));
  await printComparison(console, part.comparison);
  await printPublishPlan(console, part.plan);
}

/** Prints how a publication ended, for people. */
export async function printPublished(
  { outcome, publications }: PublishAnswer,
  console: Console,
): Promise<void> {
  const { print, style } = console;
  if (outcome === 'unchanged') return print(style('dim', 'Everything is published already.'));
  if (outcome === 'declined') return print('Nothing was published.');
  for (const publication of publications) await printOne(publication, console);
}

async function printOne(
  { plan, outcome, notAllowed, file }: Publication,
  { print, style }: Console,
): Promise<void> {
  if (outcome === 'planned' && notAllowed.length > 0)
    return print(`\nTo publish it, give ${notAllowed.map((id) => `--allow ${id}`).join(' ')}`);
  const { version, table } = plan.snapshot;
  if (outcome === 'published')
    return print(`${style('green', 'published')} ${table} ${version}. Commit ${file} with the code.`);
}
