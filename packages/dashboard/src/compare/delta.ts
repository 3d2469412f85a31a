import { type FigureFormat, figureText } from '../chart/figure-format.ts';

/** The change of a figure. Shares change by points, and everything else by a part of the earlier figure. */
export interface Delta {
  readonly kind: 'relative' | 'points';
  /** A part of the earlier figure, or a difference of shares: 0.017 is +1.7% or +1.7 pt. */
  readonly change: number;
  readonly direction: 'up' | 'down' | 'flat';
  /** `+1.7%`, `−0.21 pt`. */
  readonly text: string;
}

/**
 * The change from one figure to another; undefined where there is none to tell: a figure is missing, or the earlier one is zero or of
 * the other sign, of which no percentage has a meaning.
 *
 * @param format of the figures; shares are compared in points with its digits
 */
export function deltaOf(now: number | null, before: number | null, format: FigureFormat): Delta | undefined {
  if (now === null || before === null) return undefined;
  if (format.kind === 'share' || format.kind === 'points')
    return deltaText('points', now - before, { kind: 'points', digits: format.digits });
  if (before <= 0 || now < 0) return now === before ? deltaText('relative', 0, percent) : undefined;
  return deltaText('relative', now / before - 1, percent);
}

const percent: FigureFormat = { kind: 'share', digits: 1 };

function deltaText(kind: Delta['kind'], change: number, format: FigureFormat): Delta {
  const text = figureText(Math.abs(change), format);
  // What people read decides: a change that is written as 0.0% is none.
  const direction = /[1-9]/.test(text) ? (change > 0 ? 'up' : 'down') : 'flat';
  return { kind, change, direction, text: `${{ up: '+', down: '−', flat: '' }[direction]}${text}` };
}
