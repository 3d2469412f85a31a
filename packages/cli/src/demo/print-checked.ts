import type { Console } from '../output/console.ts';
import { counted, grouped } from '../output/figures.ts';
import { tableText } from '../output/table-text.ts';
import { whenText } from '../stream/run/print-found.ts';
import type { CheckedRun } from './check-found.ts';

/** Prints who attacked the demo's shop, when that was found, and who was rightly left alone. */
export async function printChecked({ attacks, lookAlikes, falseActors }: CheckedRun, console: Console) {
  const { print, style, write } = console;
  await print(`\n${style('bold', 'Who attacked')} ${style('dim', '(the detectors did not know)')}`);
  await write(
    tableText(
      [
        { title: 'attacker' },
        { title: 'began' },
        { title: 'rows', align: 'right' },
        { title: 'found as' },
        { title: 'after', align: 'right' },
      ],
      attacks.map(({ who, from, rows, incident, minutes }) => [
        who,
        whenText(from),
        grouped(rows),
        incident ? style('green', incident.kind) : style('red', 'not found'),
        minutes === null ? '' : `${grouped(Math.ceil(minutes))} min`,
      ]),
      console,
    ),
  );
  await print(`\n${style('bold', 'Who only looked like it')}`);
  await write(
    tableText(
      [{ title: '' }, { title: 'cases', align: 'right' }, { title: 'rows', align: 'right' }, { title: '' }],
      lookAlikes.map(({ what, cases, rows, flagged }) => [
        what,
        grouped(cases),
        grouped(rows),
        flagged === 0
          ? style('green', 'left alone')
          : style('red', `${grouped(flagged)} taken for an attack`),
      ]),
      console,
    ),
  );
  await print(
    falseActors === 0
      ? style('dim', 'Nobody else was accused.')
      : style('yellow', `${counted(falseActors, 'other actor')} accused.`),
  );
}
