import { basename } from 'node:path';
import { reasonsText } from '../../lake/reasons-text.ts';
import type { Console } from '../../output/console.ts';
import { counted, durationText, grouped, percent } from '../../output/figures.ts';
import { tableText } from '../../output/table-text.ts';
import { printFound } from './print-found.ts';
import { unsentFile, unsentReasonsFile } from './reported-records.ts';
import type { RunSummary } from './run-summary.ts';
import { type GivenRun, unsentHint } from './unsent-hint.ts';

/**
 * Prints the result of a run for people: the accounts first, then what the stream saw.
 *
 * @param given the options of the run, for the command that loads what was not sent
 */
export async function printSummary(console: Console, summary: RunSummary, given: GivenRun): Promise<void> {
  const { style } = console;
  const { accounting, isStopped, live } = summary;
  const { sent, copies, unsent, before, lake } = accounting;
  const total = sent + copies;
  const share = (records: number): string => (total > 0 ? percent(records / total) : '');
  const line = (name: string, records: number, colour?: 'green' | 'yellow' | 'red'): string[] => [
    name,
    colour && records > 0 ? style(colour, grouped(records)) : grouped(records),
    share(records),
  ];
  await console.write(
    tableText(
      [{ title: 'accounting' }, { title: 'records', align: 'right' }, { title: '', align: 'right' }],
      [
        ['sent', grouped(sent), ''],
        ...(copies > 0 ? [['+ copies of retries', grouped(copies), '']] : []),
        line('= archived rows', lake.rows, 'green'),
        line('+ duplicates', lake.duplicates),
        line('+ quarantined', lake.quarantined, 'yellow'),
        ...(lake.filtered > 0 ? [line('+ filtered', lake.filtered)] : []),
        ...(unsent > 0 ? [line('+ not sent, reported', unsent, 'red')] : []),
      ],
      console,
    ),
  );
  if (before > 0)
    await console.print(style('dim', `${grouped(before)} of them were archived by an earlier run`));
  if (Object.keys(summary.reasons).length > 0) {
    await console.print();
    await console.write(reasonsText(console, summary.reasons, { counted: 'records', most: 8 }));
  }
  if (summary.quarantinedBefore > 0)
    await console.print(
      style(
        'dim',
        `${grouped(summary.quarantinedBefore)} of the quarantined were loaded by an earlier run: \`headwater etl quarantine\` shows them, with their reasons`,
      ),
    );
  await console.print();
  await console.print(style('bold', 'What the stream saw'));
  await console.write(
    tableText(
      [{ title: '' }, { title: '', align: 'right' }],
      [
        ['events', grouped(live.events)],
        ...pair('sessions', live.sessions),
        ...pair('purchases', live.purchases),
        ...pair('revenue', live.revenue),
        ...pair('sessions with a cart', live.cartSessions),
        ...pair('carts not bought', live.abandonedSessions),
        ...pair('worth', live.abandonedValue),
        ['incidents', grouped(summary.incidents)],
        ...count('reminders of carts', summary.reminders.carts),
        ...count('products viewed together', summary.reminders.pairs),
        ...(live.late > 0 ? [['events too late to count', style('yellow', grouped(live.late))]] : []),
        ...(summary.givenUp > 0 ? [['records given up', style('red', grouped(summary.givenUp))]] : []),
      ],
      console,
    ),
  );
  if (summary.found !== null) await printFound(console, summary.found);
  const { from, countedFrom } = summary;
  if (from !== null && countedFrom !== null && Date.parse(countedFrom) - Date.parse(from) > 0)
    await console.print(
      style(
        'yellow',
        `sums from ${countedFrom} on: the store has forgotten the minutes before, and the lake has them`,
      ),
    );
  for (const path of summary.reported) await console.print(style('red', reportedText(path, given)));
  for (const created of summary.created) await console.print(style('dim', `created ${created}`));
  if (summary.faults) await console.print(style('dim', `faults: ${faultsText(summary.faults)}`));
  const rate = summary.seconds > 0 ? Math.round(sent / summary.seconds) : 0;
  await console.print();
  await console.print(
    `${isStopped ? style('yellow', 'stopped') : style('green', 'archived')} ${summary.table} to ${summary.lake}: ${counted(summary.loads, 'load')}, ` +
      `${durationText(summary.seconds)}, ${grouped(rate)} records/s`,
  );
}

/** Where reported records are, and what to do with them. */
const reportedText = (path: string, given: GivenRun): string =>
  basename(path) === unsentFile
    ? `not sent: ${path}, with the reasons in ${unsentReasonsFile} beside it; ${unsentHint(path, given)}`
    : `given up by a handler, with reason and payload: ${path}; the lake has them, and the handler has not`;

/** `3 refused requests, 12 throttled records` */
const faultsText = (faults: object): string =>
  Object.entries(faults)
    .filter(([, count]) => Number(count) > 0)
    .map(
      ([name, count]) =>
        `${grouped(Number(count))} ${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`,
    )
    .join(', ') || 'none happened';

const count = (name: string, value: number): string[][] => (value > 0 ? [[name, grouped(value)]] : []);

const pair = (name: string, value: number | string | null): string[][] =>
  value === null ? [] : [[name, grouped(value)]];
