import type { ChartPoint } from '../api/api.ts';

/** How far Page Up and Page Down go. */
const pageStep = 7;

/** The point that a key goes to; undefined for a key that goes nowhere. Cells have rows, so up and down change the row there. */
export function pointAfter(
  points: readonly ChartPoint[],
  at: number | undefined,
  key: string,
): number | undefined {
  const last = points.length - 1;
  if (last < 0) return undefined;
  const inside = (index: number): number => Math.min(last, Math.max(0, index));
  const from = at ?? -1;
  const own = points[inside(from)];
  const rows = new Set(points.map(({ row }) => row)).size;
  const columns = new Set(points.map(({ column }) => column)).size;
  if (rows > 1 && columns > 1 && (key === 'ArrowUp' || key === 'ArrowDown') && own && at !== undefined) {
    const wanted = own.row + (key === 'ArrowUp' ? -1 : 1);
    const candidates = points.flatMap((point, index) => (point.row === wanted ? [{ point, index }] : []));
    const nearest = candidates.toSorted(
      (one, other) => Math.abs(one.point.column - own.column) - Math.abs(other.point.column - own.column),
    )[0];
    return nearest?.index ?? at;
  }
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return inside(from + 1);
    case 'ArrowLeft':
    case 'ArrowUp':
      return at === undefined ? last : inside(from - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'PageDown':
      return inside(from + pageStep);
    case 'PageUp':
      return at === undefined ? last : inside(from - pageStep);
    default:
      return undefined;
  }
}
