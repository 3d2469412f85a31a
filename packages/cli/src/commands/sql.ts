import type { FinishedQuery } from '@headwater/queries';
import { defineCommand } from '../command-line/command.ts';
import { flag } from '../command-line/option.ts';
import { answerOf, engineOptions, openLake } from '../config/open-lake.ts';
import { unprojectedNotes } from '../lake/unprojected-notes.ts';
import { rowForm, rowOptions } from '../rows/row-options.ts';
import { printScan, scanAnswer, scanLine } from '../rows/scan-answer.ts';
import { statementResult } from '../rows/statement-result.ts';

/** `headwater sql` */
export const sqlCommand = defineCommand({
  name: 'sql',
  description:
    'Runs one SELECT over the tables of the lake, by their names. dt is the UTC day of the folder, and hour its hour where there is ' +
    'one: a condition on it skips the files of other days. The statement can read nothing else, and write nothing. ' +
    'In JSON, a 64-bit integer is a number with all its digits, in every row.',
  words: {
    usage: '"<select>"',
    least: 1,
    most: 1,
    missing: 'a statement in quotes: headwater sql "select ..."',
  },
  options: {
    ...rowOptions,
    explain: flag('Show the maximum that the statement can read, and its cost; do not run it'),
    ...engineOptions,
  },
  examples: [
    [
      'sql "select brand, count(*) as n from clickstream group by all order by n desc limit 5" --lake ./lake',
      'Count events by brand',
    ],
    [`sql "from clickstream where dt = '2019-10-01'" --lake ./lake --out day.parquet`, 'One day as a file'],
  ],
  async run({ words: [given = ''], options, signal }) {
    const { format } = rowForm(options);
    const statement = given.replace(/[\s;]+$/, '');
    const finished: FinishedQuery[] = [];
    const opened = await openLake(options, { onFinish: (query) => finished.push(query) });
    const { lake, config } = opened;
    const tables = config.tables
      .map(({ name }) => name)
      .filter((name) => new RegExp(`\\b${name}\\b`, 'i').test(statement));
    return answerOf(opened, async () => {
      if (options.explain) return scanAnswer(opened, statement);
      return {
        rows: await statementResult(lake, statement, format, signal),
        notes: async () => [
          ...finished.map((one) => scanLine(opened, one)),
          ...(await unprojectedNotes(opened, tables)),
        ],
      };
    });
  },
  print: printScan,
});
