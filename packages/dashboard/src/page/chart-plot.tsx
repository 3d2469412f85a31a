import { useState } from 'preact/hooks';
import type { ChartPoint, ChartTileAnswer } from '../api/api.ts';
import { pointAfter } from './point-after.ts';
import { PointTip } from './point-tip.tsx';
import { say } from './say.ts';
import { plotId } from './use-view.ts';

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
        onPointerDown={onPointerMove}
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
        {point && <PointTip point={point} width={width} height={height} />}
      </div>
    </>
  );
}
