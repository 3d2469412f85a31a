import type { Console } from '../output/console.ts';
import { cutText } from '../output/cut-text.ts';
import { byteText, grouped } from '../output/figures.ts';
import { tableText } from '../output/table-text.ts';
import { sumOf } from './cost-line.ts';
import type { CostReport } from './cost-report.ts';

/** Dollars of a bill: cents, or more digits for what is less than one. */
export const dollarText = (dollars: number): string =>
  dollars !== 0 && Math.abs(dollars) < 0.01 ? dollars.toPrecision(1) : grouped(dollars.toFixed(2));

const unitsText = (units: number): string =>
  units >= 100 ? grouped(Math.round(units)) : String(Number(units.toPrecision(3)));

const statementColumns = 100;

/** Prints what a month cost: the lines, the plan beside it, the dearest queries, and what cannot be seen. */
export async function printCost(console: Console, report: CostReport): Promise<void> {
  const { month, isOver, prices, lines, queries, plan, unseen } = report;
  const { style } = console;
  await console.print(style('bold', `${month}${isOver ? '' : ', up to now'}`));
  const right = (title: string) => ({ title, align: 'right' as const });
  await console.write(
    tableText(
      [
        { title: 'part' },
        { title: 'what' },
        right('amount'),
        { title: 'unit' },
        right('price'),
        right('USD'),
        { title: 'basis' },
      ],
      [
        ...lines.map(({ part, what, units, unit, unitPrice, dollars, basis }) => [
          part,
          what,
          unitsText(units),
          unit,
          String(unitPrice),
          dollarText(dollars),
          basis,
        ]),
        ['', 'sum', '', '', '', dollarText(sumOf(lines)), ''],
      ],
      console,
    ),
  );
  const notes = new Set(lines.flatMap(({ note }) => note ?? []));
  if (notes.size > 0) await console.print(style('dim', `Estimated: ${[...notes].join('; ')}.`));
  if (plan !== null) {
    const parts = [...new Set(plan.map(({ part }) => part))];
    await console.print(style('bold', 'The plan, for a month'));
    await console.write(
      tableText(
        [{ title: 'part' }, right('USD')],
        [
          ...parts.map((part) => [part, dollarText(sumOf(plan.filter((line) => line.part === part)))]),
          ['sum', dollarText(sumOf(plan))],
        ],
        console,
      ),
    );
  }
  if (queries.top.length > 0) {
    await console.print(style('bold', 'The dearest statements, without their values'));
    await console.write(
      tableText(
        [right('USD'), right('runs'), right('read'), { title: 'statement' }],
        queries.top.map(({ dollars, runs, bytes, statement }) => [
          dollarText(dollars),
          grouped(runs),
          byteText(bytes),
          cutText(statement, statementColumns),
        ]),
        console,
      ),
    );
  }
  await console.print(
    style(
      'dim',
      `Stated unit prices of ${prices.basis}, ${prices.date}, not read from the price pages of AWS; the lake is in ${prices.region}.`,
    ),
  );
  for (const line of unseen) await console.print(style('dim', `Not seen: ${line}.`));
}
