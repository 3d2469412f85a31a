import { type ChartFrame, isNarrow } from './chart-frame.ts';
import type { LinePlot } from './line-chart.ts';
import type { Ticks } from './nice-ticks.ts';

/** Labels that are short enough to stand at every point of a week. */
const shortLabel = 7;

/** The figures at the highest and the lowest point of the first line, or at all where there are seven or fewer short ones. */
export function pointLabels(
  { lines, periods }: LinePlot,
  text: (value: number | null) => string,
  frame: ChartFrame,
  { from, to }: Ticks,
) {
  const { colors, width, height } = frame;
  const own = lines.filter(({ isBefore }) => !isBefore);
  const [line] = own;
  if (!line || own.length > 1) return [];
  const known = line.values.flatMap((value, index) =>
    value === null ? [] : [{ index, value, text: text(value) }],
  );
  const most = known.reduce(
    (best, one) => (one.value > best.value ? one : best),
    known[0] ?? { index: -1, value: 0 },
  );
  const least = known.reduce(
    (best, one) => (one.value < best.value ? one : best),
    known[0] ?? { index: -1, value: 0 },
  );
  const isAll = periods.length <= 7 && width >= 640 && known.every((one) => one.text.length <= shortLabel);
  const before = lines.find(({ isBefore }) => isBefore);
  const shown = known
    .filter((one) => isAll || one.index === most.index || one.index === least.index)
    .map((one) => {
      const isUnder = isAll
        ? liesLow(line.values, one.index, before?.values[one.index] ?? null)
        : one.index === least.index && most !== least;
      // A label below a point at the foot of the plot would lie on the axis.
      const depth = ((one.value - from) / (to - from)) * height;
      return { ...one, isBelow: isUnder && depth > 22 };
    });
  // Where lines have their names at their ends, the label of the last point ends at the point.
  const isLast = ({ index }: { readonly index: number }) => index === periods.length - 1 && !isNarrow(frame);
  const layer = (name: string, values: typeof shown, dy: number, ends = {}) => ({
    name,
    data: { values },
    mark: { type: 'text' as const, dy, fontWeight: 600, color: colors.text, ...ends },
    encoding: { text: { field: 'text' } },
  });
  const atEnd = { align: 'right' as const, dx: 8 };
  const [above, below] = [shown.filter((one) => !one.isBelow), shown.filter((one) => one.isBelow)];
  return [
    layer(
      'labelsAbove',
      above.filter((one) => !isLast(one)),
      -14,
    ),
    layer(
      'labelsBelow',
      below.filter((one) => !isLast(one)),
      16,
    ),
    layer('labelsAboveEnd', above.filter(isLast), -14, atEnd),
    layer('labelsBelowEnd', below.filter(isLast), 16, atEnd),
  ];
}

/** Whether the label of a point is better below it: in a valley, where the line leaves room, or on a slope below the compared line. */
function liesLow(values: readonly (number | null)[], index: number, compared: number | null): boolean {
  const own = values[index] ?? 0;
  const beside = [values[index - 1], values[index + 1]].filter((one) => one !== null && one !== undefined);
  if (beside.length > 0 && beside.every((one) => one > own)) return true;
  if (beside.length > 0 && beside.every((one) => one < own)) return false;
  return compared !== null && own < compared;
}
