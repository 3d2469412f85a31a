import type { ChartFrame } from './chart-frame.ts';
import type { LinePlot } from './line-chart.ts';
import type { Ticks } from './nice-ticks.ts';

/** The least distance of two names, in pixels. */
const lineHeight = 16;

/** The names of the lines at their ends, moved apart where the lines end near each other. */
export function endLabels({ lines, periods }: LinePlot, { height }: ChartFrame, { from, to }: Ticks) {
  const perPixel = (to - from) / height;
  const ends = lines
    .map(({ name, color, isBefore, values }) => ({
      name,
      color,
      isBefore,
      index: values.findLastIndex((value) => value !== null),
      at: values.findLast((value) => value !== null) ?? from,
    }))
    .filter(({ index }) => index >= 0)
    .sort((one, other) => other.at - one.at);
  const placed = ends.map(({ at }) => at);
  for (let index = 1; index < placed.length; index++) {
    const above = placed[index - 1] ?? to;
    placed[index] = Math.min(placed[index] ?? from, above - lineHeight * perPixel);
  }
  // Moved down below the plot, all move up together.
  const overflow = Math.max(0, from - (placed.at(-1) ?? from));
  return ends.map((end, number) => ({
    name: `end${number}`,
    data: {
      values: [{ index: periods.length - 1, value: (placed[number] ?? from) + overflow, text: end.name }],
    },
    mark: {
      type: 'text' as const,
      align: 'left' as const,
      dx: 14,
      color: end.color,
      clip: false,
      fontWeight: end.isBefore ? ('normal' as const) : 600,
    },
    encoding: { text: { field: 'text' } },
  }));
}
