import type { LoadReport } from '@headwater/etl';
import type { Console } from '../output/console.ts';
import { byteText, counted, durationText, grouped, percent } from '../output/figures.ts';
import { tableText } from '../output/table-text.ts';
import { unprojectedText } from '../output/unprojected-text.ts';
import { inputNotes, listingLines } from './input-notes.ts';
import { type GivenPlace, quarantineHint } from './quarantine-hint.ts';
import { reasonsText } from './reasons-text.ts';
import { trafficLines } from './traffic-lines.ts';

/**
 * Prints the report of a load for people: the accounting first, then the reasons of rejected rows.
 *
 * @param given the options that chose the lake, for the command that shows the rejected rows; omitted, no command is named
 */
export async function printLoadReport(
  console: Console,
  report: LoadReport,
  given?: GivenPlace,
): Promise<void> {
  const { style } = console;
  const skipped = report.inputs.filter((input) => input.skipped);
  for (const line of listingLines(report)) await console.print(style('dim', line));
  for (const line of skippedLines(skipped)) await console.print(style('dim', line));
  for (const line of otherLookupLines(skipped)) await console.print(style('yellow', line));
  const leftovers = leftoverLines(report);
  const notes = inputNotes(report);
  // A replay has no inputs.
  const hasInputs = report.inputs.length > 0 || report.listings.length > 0;
  if (hasInputs && report.inputs.every((input) => input.skipped || input.isEmpty)) {
    for (const line of leftovers) await console.print(style('dim', line));
    for (const line of notes) await console.print(style('yellow', line));
    await console.print(
      skipped.length > 0 || report.inputs.length === 0
        ? `Nothing new: ${report.lake} holds all of it, and is unchanged.`
        : `Nothing to load: the inputs are empty, and ${report.lake} is unchanged.`,
    );
    return;
  }
  await console.write(accountingText(console, report));
  if (report.quarantined > 0) {
    await console.print();
    await console.write(reasonsText(console, report.reasons, { counted: 'rows', most: 12 }));
    const hint = given && !report.dryRun ? quarantineHint(given) : undefined;
    if (hint) await console.print(style('dim', hint));
  }
  if (report.nulled.length > 0) {
    await console.print();
    await console.write(nulledText(console, report));
  }
  const where = `${counted(report.files, 'file')} in ${counted(report.days, 'day')}, ${byteText(report.bytes)}`;
  const rate = report.rowsIn > 0 ? `, ${grouped(Math.round(report.rowsIn / report.seconds))} rows/s` : '';
  await console.print();
  await console.print(
    report.dryRun
      ? style('yellow', `Dry run: nothing was committed. A load would write ${where}.`)
      : `${style('green', 'committed')} ${report.table}${report.source === null ? '' : ` (source ${report.source})`} to ${report.lake}: ${where}, ${durationText(report.seconds)}${rate}`,
  );
  await console.print(style('dim', `run ${report.runId}`));
  for (const line of [...trafficLines(report), ...lookupLines(report)])
    await console.print(style('dim', line));
  for (const line of leftovers) await console.print(style('dim', line));
  const unprojected = report.unprojected ? [unprojectedText(report.unprojected)] : [];
  for (const line of [...notes, ...sparseLines(report), ...unprojected, ...unknownInputLines(report)])
    await console.print(style('yellow', line));
}

/** Names the inputs that were loaded before. A landing zone has thousands of them; `--json` has all. */
function skippedLines(skipped: LoadReport['inputs']): string[] {
  const rest = skipped.length - shownSkipped;
  return [
    ...skipped.slice(0, shownSkipped).map(({ source }) => `${source}: loaded before, skipped`),
    ...(rest > 0 ? [`and ${counted(rest, 'more input')} loaded before, skipped`] : []),
  ];
}

const shownSkipped = 20;

function accountingText(console: Console, report: LoadReport): string {
  const { recordsIn, rowsIn, rowsOut, duplicates, quarantined, filtered } = report;
  const { style } = console;
  const share = (rows: number): string => (rowsIn > 0 ? percent(rows / rowsIn) : '');
  return tableText(
    [{ title: 'accounting' }, { title: 'rows', align: 'right' }, { title: '', align: 'right' }],
    [
      ...(recordsIn === undefined ? [] : [['records read', grouped(recordsIn), '']]),
      ['rows in', grouped(rowsIn), ''],
      ['= rows out', style('green', grouped(rowsOut)), share(rowsOut)],
      ['+ duplicates', grouped(duplicates), share(duplicates)],
      ['+ quarantined', quarantined > 0 ? style('yellow', grouped(quarantined)) : '0', share(quarantined)],
      ...(filtered > 0 ? [['+ filtered', grouped(filtered), share(filtered)]] : []),
    ],
    console,
  );
}

/** Bad values that are null in the lake. A query does not show that they were bad, so the report does. */
function nulledText(console: Console, { nulled }: LoadReport): string {
  const shown = nulled.slice(0, 12);
  const table = tableText(
    [
      { title: 'bad values that became null (column:code)' },
      { title: 'rows', align: 'right' },
      { title: 'first at' },
    ],
    shown.map(({ column, code, rows, source, line }) => [
      `${column}:${code}`,
      console.style('yellow', grouped(rows)),
      line === null ? source : `${source}, line ${line}`,
    ]),
    console,
  );
  return nulled.length > shown.length ? `${table}and ${nulled.length - shown.length} more\n` : table;
}

/** Names what the run removed. A run that died may leave thousands of files, so only some are named; `--json` has all. */
export function leftoverLines({ removedLeftovers }: Pick<LoadReport, 'removedLeftovers'>): string[] {
  if (removedLeftovers.length === 0) return [];
  const rest = removedLeftovers.length - shownLeftovers;
  return [
    `removed ${counted(removedLeftovers.length, 'leftover')} of earlier runs that died:`,
    ...removedLeftovers.slice(0, shownLeftovers).map((path) => `  ${path}`),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ];
}

/** The file of each lookup, and how many rows have nulls because they match no row of it. */
const lookupLines = ({ lookups }: Pick<LoadReport, 'lookups'>): string[] =>
  lookups.map(
    ({ name, source, rows, unmatched }) =>
      `lookup ${name}: ${source}, ${counted(rows, 'row')}${unmatched > 0 ? `; ${counted(unmatched, 'row')} in without a match, with nulls` : ''}`,
  );

/** Warns about lookups whose file has changed since a skipped input was loaded. */
function otherLookupLines(skipped: LoadReport['inputs']): string[] {
  const names = [...new Set(skipped.flatMap(({ otherLookups }) => otherLookups))];
  return names.map(
    (name) =>
      `the file of the lookup ${name} is another one than when ${counted(skipped.filter(({ otherLookups }) => otherLookups.includes(name)).length, 'input')} was loaded: ` +
      'to apply it, load the raw files into a new lake',
  );
}

const shownLeftovers = 10;

/** Warns where an input that was loaded before a repair would change the lake if it is loaded again. */
function unknownInputLines({ unknownInputs }: Pick<LoadReport, 'unknownInputs'>): string[] {
  if (!unknownInputs || unknownInputs.rows === 'dropped') return [];
  const effect =
    unknownInputs.rows === 'added'
      ? 'count twice, because the table keeps equal rows'
      : 'replace later rows of the same key';
  return [
    `commit ${unknownInputs.commit} repaired the lake, and inputs that were loaded before it may be unknown: such an input is not skipped ` +
      `when it is loaded again, and its rows ${effect}`,
  ];
}

/** Warns about folders that hold few rows, and says what to change. */
function sparseLines({ sparsePartitions: sparse }: Pick<LoadReport, 'sparsePartitions'>): string[] {
  if (!sparse) return [];
  const { folders, rowsPerFolder, better } = sparse;
  const by = (keys: readonly string[]): string => ['day', ...keys].join(', ');
  return [
    `${grouped(folders)} folders by ${by(sparse.partitionBy)} hold ${counted(rowsPerFolder, 'row')} each on average: loads take several times ` +
      `as long, and a query opens a file for each. partitionBy ${by(better.partitionBy)} makes ${counted(better.folders, 'folder')} of ` +
      `${counted(better.rowsPerFolder, 'row')}; to change it, load the raw files into a new lake`,
  ];
}
