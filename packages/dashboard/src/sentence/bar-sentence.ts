import type { BarSpec } from '../chart/chart-spec.ts';
import { dimensionText } from '../chart/dimension-text.ts';
import { figureText, formatFor } from '../chart/figure-format.ts';
import { figureOf } from '../chart/figure-of.ts';
import type { Compared } from '../compare/compared.ts';
import { extremes } from './extremes.ts';

/** What is first, and by how much; of hours and weekdays, the highest and the lowest. */
export function barSentence({ x, y, series }: BarSpec, { now }: Compared): string {
  const bars = now.rows.map((row) => ({
    value: figureOf(row, y.column),
    name: `${dimensionText(row[x.column], x, now.grain)}${series ? `, ${dimensionText(row[series.column], series, now.grain)}` : ''}`,
  }));
  const found = extremes(bars);
  if (!found) return `No figures of ${y.title}.`;
  const format = formatFor(
    y.format,
    bars.map(({ value }) => value),
  );
  const text = (value: number | null) => figureText(value, format);
  const { highest, lowest } = found;
  if (bars.length === 1) return `${highest.name}: ${text(highest.value)}.`;
  if (x.kind === 'hour' || x.kind === 'weekday')
    return `Highest at ${highest.name} (${text(highest.value)}), lowest at ${lowest.name} (${text(lowest.value)}).`;
  const second = extremes(bars.filter((one) => one !== highest))?.highest;
  if (!second) return `${highest.name}: ${text(highest.value)}.`;
  if (second.value === highest.value)
    return `${highest.name} and ${second.name} are first, with ${text(highest.value)} each.`;
  const times = second.value > 0 ? highest.value / second.value : undefined;
  const lead =
    times !== undefined && times >= 1.05
      ? `${timesText(times)} times the ${text(second.value)} of ${second.name}`
      : `before ${second.name} (${text(second.value)})`;
  return `${highest.name} is first with ${text(highest.value)}, ${lead}.`;
}

const timesText = (times: number): string =>
  figureText(times, { kind: 'number', digits: times < 10 ? 1 : 0 });
