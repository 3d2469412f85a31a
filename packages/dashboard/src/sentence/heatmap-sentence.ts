import type { HeatmapSpec } from '../chart/chart-spec.ts';
import { dimensionText } from '../chart/dimension-text.ts';
import { figureText, formatFor } from '../chart/figure-format.ts';
import { figureOf } from '../chart/figure-of.ts';
import { grainWords } from '../chart/period-words.ts';
import type { Compared } from '../compare/compared.ts';
import { extremes } from './extremes.ts';

/** The cell with the most, and the one with the least. A cohort is whole in its own period, so offset 0 says nothing. */
export function heatmapSentence({ x, y, value }: HeatmapSpec, { now }: Compared): string {
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
  return `Highest: ${at(found.highest)}. Lowest: ${at(found.lowest)}.`;
}
