import { counted, grouped } from '../../output/figures.ts';
import type { LiveFigures } from './live-figures.ts';
import { clockText } from './live-frame.ts';

/** A moment of a stream as one line, where there is no terminal. */
export function plainLine({
  clock,
  rate,
  counts,
  sessions,
  carts,
  cartsValue,
  topItems,
  incidentCount,
}: LiveFigures): string {
  const [top] = topItems ?? [];
  const parts = [
    `${clockText(clock)}: ${grouped(counts.sent)} sent, ${grouped(Math.round(rate))}/s`,
    `${grouped(counts.archived)} archived`,
    ...(counts.quarantined > 0 ? [`${grouped(counts.quarantined)} quarantined`] : []),
    ...(sessions ? [`${grouped(sessions.at(-1) ?? 0)} active sessions`] : []),
    ...(carts
      ? [
          `${grouped(carts.at(-1) ?? 0)} open carts${cartsValue === null ? '' : ` worth ${grouped(cartsValue)}`}`,
        ]
      : []),
    ...(top ? [`top seller ${top.item} (${grouped(top.purchases)})`] : []),
    ...(incidentCount > 0 ? [`${counted(incidentCount, 'incident')}`] : []),
  ];
  return parts.join(', ');
}
