/** The ends of an axis, and its grid lines. */
export interface Ticks {
  readonly from: number;
  readonly to: number;
  readonly values: readonly number[];
}

/**
 * Four or five round grid lines around values. A line begins at 0 where that costs at most half the height, or where it is asked for;
 * elsewhere the page has to say where the axis begins.
 */
export function niceTicks(values: readonly number[], isFromZero = false): Ticks {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const zero = isFromZero || least < most - least || least === most;
  const [low, high] = zero ? [Math.min(0, least), Math.max(0, most)] : [least, most];
  const span = high - low || 1;
  const step = roundStep(span / 4);
  const [from, to] = [Math.floor(low / step), Math.ceil((high || 1) / step)];
  // Multiples of a whole number of steps, so that no 0.30000000000000004 becomes a label.
  const ticks = Array.from({ length: to - from + 1 }, (_, index) =>
    Number(((from + index) * step).toPrecision(12)),
  );
  return { from: ticks[0] ?? 0, to: ticks.at(-1) ?? 1, values: ticks };
}

function roundStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = [1, 2, 2.5, 5, 10].find((one) => raw / power <= one) ?? 10;
  return factor * power;
}
