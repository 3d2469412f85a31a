import type { ChartAnswer } from '../chart/chart-answer.ts';
import type { HeatmapSpec } from '../chart/chart-spec.ts';
import { dimensionText } from '../chart/dimension-text.ts';
import { figureText, formatFor } from '../chart/figure-format.ts';
import { figureOf } from '../chart/figure-of.ts';
import { grainWords, rangeWords } from '../chart/period-words.ts';
import type { Compared } from '../compare/compared.ts';
import { pairRows } from '../compare/pair-rows.ts';
import { extremes } from './extremes.ts';

/** The cell with the most, and the one with the least. A cohort is whole in its own period, so offset 0 says nothing. */
export function heatmapSentence({ x, y, value }: HeatmapSpec, { now, before }: Compared): string {
  const cells = now.rows
    .filter((row) => x.kind !== 'offset' || row[x.column] !== 0)
    .map((row) => ({ row, value: figureOf(row, value.column) }));
  const found = extremes(cells);
  if (!found) return `No figures of ${value.title}.`;
  const format = formatFor(
    value.format,
    cells.map((one) => one.value),
  );
  const at = ({ row, value: figure }: (typeof cells)[number]): string => {
    const column = row[x.column];
    const place =
      x.kind === 'offset'
        ? `after ${grainWords(now.grain ?? 'period', Number(column))}`
        : dimensionText(column, x, now.grain);
    return `${dimensionText(row[y.column], y, now.grain)} ${place} (${figureText(figure, format)})`;
  };
  if (found.highest.value === found.lowest.value)
    return `${figureText(found.highest.value, format)} in every cell.`;
  const main = `Highest: ${at(found.highest)}. Lowest: ${at(found.lowest)}.`;
  return before ? `${main}${above({ now, before }, value.column)}` : main;
}

/** ` Above 9–15 Nov in 98 of 168 cells.`, of the cells that both have. */
function above({ now, before }: Required<Compared> & { before: ChartAnswer }, column: string): string {
  const both = pairRows(now, before).flatMap((pair) => {
    const [mine, theirs] = [figureOf(pair.now, column), figureOf(pair.before, column)];
    return mine === null || theirs === null ? [] : [mine > theirs];
  });
  const words = rangeWords(before.range, before.range.to.slice(0, 4) !== now.range.to.slice(0, 4));
  const count = both.filter((isAbove) => isAbove).length;
  return both.length === 0
    ? ` ${words} has no figures to compare with.`
    : ` Above ${words} in ${count} of ${grainWords('cell', both.length)}.`;
}
