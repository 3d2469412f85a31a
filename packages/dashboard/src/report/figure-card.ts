import { type Figure, fewestForRate } from '../ask/figure.ts';
import { figureText } from '../chart/figure-format.ts';
import { valueClass } from '../chart/value-class.ts';
import type { Delta } from '../compare/delta.ts';
import { pageColors } from '../vega/color-tokens.ts';
import { renderSvg } from '../vega/render-chart.ts';
import { vegaLiteOf } from '../vega/vega-lite-of.ts';
import { Html, html } from './html.ts';

const count = { kind: 'count', digits: 0 } as const;

/** The figure in words: a rate of few is told as its counts, since one more would make it jump. */
export function figureWords({ total, format }: Pick<Figure, 'total' | 'format'>): string {
  const { parts } = total;
  if (parts && format.kind === 'share' && parts.denominator > 0 && parts.denominator < fewestForRate)
    return `${figureText(parts.numerator, count)} of ${figureText(parts.denominator, count)}`;
  if (parts?.denominator === 0) return figureText(null, format);
  // Of a few visitors a day, a change is behind the point.
  const isSmall = total.kind === 'mean' && total.value !== null && total.value < 100;
  return figureText(total.value, isSmall ? { ...format, digits: 1 } : format);
}

const words = { up: 'up ', down: 'down ', flat: 'no change ' } as const;

/** Whether a change is good, bad, or neither, in words and for colour. */
export function toneOf({ delta, judgement, tile }: Figure): {
  readonly tone: string;
  readonly words: string;
} {
  if (!delta || judgement === 'unknown') return { tone: '', words: '' };
  if (judgement === 'usual' || delta.direction === 'flat') return { tone: '', words: 'within usual range' };
  return delta.direction === tile.better
    ? { tone: 'good', words: 'better than usual' }
    : { tone: 'bad', words: 'worse than usual' };
}

/** A change with its arrow and its sign. */
const deltaHtml = ({ direction, text }: Delta, tone: string): Html =>
  html`<span class="delta ${tone}"><span class="tri ${direction}" aria-hidden="true"></span><span class="sr">${words[direction]}</span>${text}</span>`;

/** A figure, its change and its course. */
export async function figureCard(figure: Figure): Promise<Html> {
  const { tile, spec, asked, before, delta, totalBefore } = figure;
  const compared = { now: asked.answer, before };
  const svg = await renderSvg(vegaLiteOf(spec, compared, { width: 180, height: 26, colors: pageColors }));
  const tone = toneOf(figure);
  const isFew = figure.total.parts !== undefined && figureWords(figure).includes(' of ');
  const unit = spec.value.format.unit;
  const change = delta
    ? deltaHtml(delta, tone.tone)
    : html`<span class="w">${isFew ? `fewer than ${fewestForRate}, so no rate` : before ? 'nothing to compare with' : ''}</span>`;
  const was =
    totalBefore && totalBefore.value !== null ? `was ${figureWords({ ...figure, total: totalBefore })}` : '';
  return html`<li class="tile" id="${tile.id}"><h3>${tile.title}${unit === undefined || unit === 's' ? '' : ` (${unit})`}</h3><p class="${valueClass(figureWords(figure))}"><data value="${figure.total.value ?? ''}">${figureWords(figure)}</data></p><p class="cmp">${change}</p><p class="was">${was}</p><p class="jud ${tone.tone}">${tone.words}</p><div class="spark" aria-hidden="true">${new Html(svg)}</div></li>`;
}
