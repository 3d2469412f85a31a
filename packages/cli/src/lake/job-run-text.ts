import type { LoadRun } from '@headwater/etl';
import type { Console } from '../output/console.ts';
import { durationText, grouped, priceText } from '../output/figures.ts';

/** The hours and the price of a run. Auto Scaling may have used fewer workers than the maximum. */
export function costText({ dpuHours, dollars, isMaximum }: LoadRun): string {
  if (dpuHours === 0) return '';
  return `${isMaximum ? 'at most ' : ''}${dpuHours.toPrecision(2)} DPU-hours, ${priceText(dollars)}`;
}

/** What a run is doing or did: `RUNNING, 3 min 5 s`. */
export const stateText = ({ state, seconds }: LoadRun): string =>
  seconds > 0 ? `${state}, ${durationText(seconds)}` : state;

/** The accounting of a run in its table: rows in, out, duplicates, quarantined. Empty while it has none. */
export function accountingCells({ result }: LoadRun): string[] {
  if (result?.status !== 'committed') return ['', '', '', ''];
  const { rowsIn, rowsOut, duplicates, quarantined } = result;
  return [rowsIn, rowsOut, duplicates, quarantined].map((rows) => (rows === undefined ? '' : grouped(rows)));
}

/** Prints a run whose state changed while it is watched. */
export const printRunChange = (run: LoadRun, console: Console): Promise<void> | void =>
  console.print(console.style('dim', `${run.id}: ${stateText(run)}`));
