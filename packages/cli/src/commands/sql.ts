import { closeLake, type FinishedQuery } from '@headwater/queries';
import { defineCommand } from '../command-line/command.ts';
import { flag } from '../command-line/option.ts';
import { engineOptions, openLake } from '../config/open-lake.ts';
import { askedFormat, giveResult, resultOptions } from '../output/result-output.ts';
import { printScan, scanLine } from '../output/scan-report.ts';
import { statementResult } from '../output/statement-result.ts';

/** `headwater sql` */
export const sqlCommand = defineCommand({
  name: 'sql',
  description:
    'Runs one SELECT over the tables of the lake, by their names. dt is the UTC day of the folder, and hour its hour where there is ' +
    "one: a condition on it keeps other days' files closed. Nothing else can be read, and nothing can be written.",
  words: {
    usage: '"<select>"',
    least: 1,
    most: 1,
    missing: 'a statement in quotes: headwater sql "select ..."',
  },
  options: {
    ...resultOptions,
    explain: flag('Say what the statement can read at most, and what that costs; do not run it'),
    ...engineOptions,
  },
  examples: [
    [
      'sql "select brand, count(*) as n from clickstream group by all order by n desc limit 5" --lake ./lake',
      'Count',
    ],
    [`sql "from clickstream where dt = '2019-10-01'" --lake ./lake --out day.parquet`, 'One day as a file'],
  ],
  async run({ words, options, console, signal }) {
    const format = askedFormat(options, console);
    const statement = (words[0] ?? '').replace(/[\s;]+$/, '');
    const finished: FinishedQuery[] = [];
    const opened = await openLake(options, { onFinish: (query) => finished.push(query) });
    const { lake } = opened;
    try {
      if (options.explain) {
        await printScan(opened, statement, console, options.json);
        return true;
      }
      await giveResult(await statementResult(lake, statement, format, signal), options, console);
      if (!options.json)
        for (const one of finished) console.note(console.noteStyle('dim', scanLine(opened, one)));
    } finally {
      await closeLake(lake);
    }
    return true;
  },
});
