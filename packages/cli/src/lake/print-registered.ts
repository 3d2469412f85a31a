import type { RegisterReport } from '@headwater/publish';
import type { Console } from '../output/console.ts';
import { counted, grouped } from '../output/figures.ts';

/** Prints which partitions were registered. */
export const printRegistered = (console: Console, report: RegisterReport): Promise<void> => {
  const { table, database, created, existing } = report;
  return console.print(
    `${console.style('green', 'registered')} ${counted(created, 'partition')} of ${database}.${table}; ${grouped(existing)} existed already`,
  );
};
