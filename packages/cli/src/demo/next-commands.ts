import { ownCommand } from '../output/own-command.ts';
import { shellWord } from '../output/shell-word.ts';

interface Place {
  readonly table: string;
  readonly lake: string;
  readonly from: string;
  readonly to: string;
  /** The options that choose the table. */
  readonly options: readonly string[];
}

/** Command lines for the demo's lake, ready to be pasted. */
export function nextCommands({ table, lake, from, to, options }: Place): readonly string[] {
  const command = ownCommand(process.env, import.meta.filename);
  const where = ['--lake', lake, ...options].map(shellWord).join(' ');
  return [
    `query top-products ${where} --from ${from} --to ${to} --limit 5`,
    `query cart-abandonment ${where} --from ${from} --to ${to} --by category --format csv`,
    `sql "select dt, count(*) as events from ${table} group by dt order by dt" ${where}`,
    `etl quarantine ${where} --limit 5`,
    `etl status ${where}`,
    `etl verify ${where}`,
    'query --help',
  ].map((line) => `${command} ${line}`);
}
