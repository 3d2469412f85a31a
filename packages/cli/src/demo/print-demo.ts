import { printLoadReport } from '../lake/load-summary.ts';
import type { Console } from '../output/console.ts';
import { durationText, grouped } from '../output/figures.ts';
import { answerText } from './ask-panels.ts';
import type { DemoAnswer, DemoPart } from './run-demo.ts';

/** Prints a part of the demo for people. */
export async function printDemoPart(part: DemoPart, console: Console): Promise<void> {
  const { print, style } = console;
  switch (part.kind) {
    case 'simulating':
      return print(`${style('bold', 'Simulating')} ${part.days} days of a shop, 2% of the rows damaged`);
    case 'simulated': {
      const { rows, sessions } = part.report;
      const count = grouped(sessions.visitors + sessions.buyers);
      return print(`${grouped(rows)} events of ${count} sessions in ${durationText(part.seconds)}`);
    }
    case 'loading':
      return print(style('bold', `\nLoading ${part.inputs.join(', ')}`));
    case 'loaded':
      return printLoadReport(console, part.load);
    case 'asking':
      return print(`\n${style('bold', 'Asking')} ${part.from} to ${part.to}`);
    case 'answered':
      return print(`\n${answerText(part.answer, console).trimEnd()}`);
  }
}

/** Prints the end of the demo for people: what to try next. */
export async function printDemo({ data, seconds }: DemoAnswer, { print, style }: Console): Promise<void> {
  const { answers, next } = data;
  if (answers.length === 0)
    return print(
      style('yellow', '\nEvery row was rejected, so there is nothing to ask. The reasons are above.'),
    );
  await print(style('dim', `\n${grouped(answers.length)} answers in ${durationText(seconds)}`));
  await print(`\n${style('bold', 'Try next')}`);
  for (const line of next) await print(`  ${line}`);
}
