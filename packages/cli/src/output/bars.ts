const eighths = ' ▏▎▍▌▋▊▉█';
const levels = '▁▂▃▄▅▆▇█';

/** A bar of `width` columns at most, in steps of an eighth of a column. */
export function bar(value: number, most: number, width: number): string {
  if (!(value > 0) || !(most > 0)) return '';
  const parts = Math.max(1, Math.round((Math.min(value, most) / most) * width * 8));
  return '█'.repeat(Math.floor(parts / 8)) + (parts % 8 === 0 ? '' : (eighths[parts % 8] ?? ''));
}

/** One character for each value, its height from the least to the greatest. Equal values have half the height, zeros none. */
export function sparkline(values: readonly number[]): string {
  const most = Math.max(...values);
  const least = Math.min(...values, most);
  const height = (value: number): number =>
    most === least
      ? most > 0
        ? 3
        : 0
      : Math.round(((value - least) / (most - least)) * (levels.length - 1));
  return values.map((value) => levels[height(value)] ?? '').join('');
}
