/**
 * Draws from a distribution with the given quantiles at equal steps, from the minimum to the maximum, and linear interpolation
 * between them. It uses integers only, because the last digit of a logarithm differs between engines.
 *
 * @param quantiles 2^n + 1 ascending integers
 * @param draw a uniform 32-bit integer
 */
export function quantileAt(quantiles: Int32Array, draw: number): number {
  const position = (draw / 0x1_0000_0000) * (quantiles.length - 1);
  const step = Math.floor(position);
  const low = quantiles[step] ?? 0;
  const high = quantiles[step + 1] ?? low;
  return low + Math.floor((high - low) * (position - step));
}
