import type { ChartPoint } from '../api/api.ts';

/** Room between a point and its words, in the units of the drawing. */
const distance = 12;
/** Above a point that is lower than this, words have room. */
const room = 56;

/**
 * The words of a point, beside it: above, or below where the drawing has no room above. They move with the point from the left end to
 * the right one, so that they stay within the drawing. People who listen hear them apart.
 */
export function PointTip({ point, width, height }: { point: ChartPoint; width: number; height: number }) {
  const { x, y = height / 2, width: wide, height: high, text } = point;
  const across = (100 * Math.min(width, Math.max(0, x + wide / 2))) / width;
  const isBelow = y < room;
  const down = isBelow ? y + high + distance : y - distance;
  const [name, ...rest] = text.split(': ');
  return (
    <div
      class="tip"
      aria-hidden="true"
      style={{
        left: `${across}%`,
        top: `${(100 * down) / height}%`,
        transform: `translate(-${across}%, ${isBelow ? '0' : '-100%'})`,
      }}
    >
      <span>{name}</span>
      <strong>{rest.join(': ')}</strong>
    </div>
  );
}
