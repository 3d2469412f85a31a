import { useState } from 'preact/hooks';
import type { ChartPoint, ChartTileAnswer } from '../api/api.ts';
import { say } from './say.ts';
import { plotId } from './use-view.ts';

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

/** The point nearest to a place of the drawing. */
function pointNear(points: readonly ChartPoint[], x: number, y: number): number | undefined {
  const distance = ({ x: left, y: top = 0, width, height }: ChartPoint): number => {
    const across = Math.max(left - x, 0, x - left - width);
    // A point of a line is found by its place among the periods.
    return width + height === 0 ? across : across ** 2 + Math.max(top - y, 0, y - top - height) ** 2;
  };
  let nearest: number | undefined;
  points.forEach((point, index) => {
    if (nearest === undefined || distance(point) < distance(points[nearest] ?? point)) nearest = index;
  });
  return nearest;
}

/**
 * A drawing with a cursor. It is one stop of the tabulator; arrows, Home, End and Page keys move the cursor, and each move is said.
 * A pointer moves it too, and is not said.
 */
export function ChartPlot({ chart, kind }: { chart: ChartTileAnswer; kind: string }) {
  const [at, setAt] = useState<number>();
  const { id, points, svg, width, height, title, sentence } = chart;
  const point = at === undefined ? undefined : points[at];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape') {
      setAt(undefined);
      return;
    }
    const next = pointAfter(points, at, event.key);
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
    say(`${points[next]?.text}. ${next + 1} of ${points.length}`);
  };
  const onPointerMove = (event: PointerEvent): void => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const scale = box.width === 0 ? 1 : width / box.width;
    setAt(pointNear(points, (event.clientX - box.left) * scale, (event.clientY - box.top) * scale));
  };
  return (
    <>
      <p class="read">{point?.text ?? '\u00a0'}</p>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing with a cursor is no fieldset */}
      <div
        class="plot"
        id={plotId(id)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: its cursor is moved by keys
        tabIndex={0}
        role="group"
        aria-roledescription={kind}
        aria-label={`${title}. ${sentence} Arrow keys move through ${points.length} points.`}
        onKeyDown={onKeyDown}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setAt(undefined)}
        onBlur={() => setAt(undefined)}
      >
        <div aria-hidden="true" dangerouslySetInnerHTML={{ __html: svg }} />
        {point && (
          <svg class="over" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
            {point.width + point.height > 0 ? (
              <rect
                x={point.x - 1}
                y={(point.y ?? 0) - 1}
                width={point.width + 2}
                height={point.height + 2}
              />
            ) : (
              <>
                <line x1={point.x} x2={point.x} y1="4" y2={height - 24} />
                {point.y !== undefined && <circle cx={point.x} cy={point.y} r="5.5" />}
              </>
            )}
          </svg>
        )}
      </div>
    </>
  );
}
