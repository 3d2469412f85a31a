import type { RollupUse } from '@headwater/queries';
import type { FigureTileAnswer, TileDefinition } from '../api/api.ts';
import type { Asked } from '../ask/asker.ts';
import { fewestForRate } from '../ask/figure.ts';
import { readText } from '../report/definition.ts';
import { figureWords, toneOf } from '../report/figure-card.ts';
import { pageColors } from '../vega/color-tokens.ts';
import { renderSvg } from '../vega/render-chart.ts';
import { vegaLiteOf } from '../vega/vega-lite-of.ts';
import type { OpenView } from './open-view.ts';

/** A figure of a view, with its change and its course; undefined where the table cannot answer. */
export async function answerFigure(
  view: OpenView,
  id: string,
  isJudged: boolean,
): Promise<FigureTileAnswer | undefined> {
  const figure = await view.figure(id, isJudged);
  if (!figure) return undefined;
  const { tile, spec, asked, before, total, totalBefore, delta, format } = figure;
  const { tone, words } = toneOf(figure);
  const { unit } = spec.value.format;
  const isFew =
    total.parts !== undefined && format.kind === 'share' && total.parts.denominator < fewestForRate;
  const note = delta
    ? undefined
    : isFew
      ? `fewer than ${fewestForRate}, so no rate`
      : before && 'nothing to compare with';
  return {
    kind: 'figure',
    id,
    title: unit === undefined || unit === 's' ? tile.title : `${tile.title} (${unit})`,
    value: total.value,
    text: figureWords(figure),
    ...(totalBefore && totalBefore.value !== null
      ? { was: figureWords({ total: totalBefore, format }) }
      : {}),
    ...(delta
      ? {
          delta: {
            text: delta.text,
            direction: delta.direction,
            tone: tone === 'good' || tone === 'bad' ? tone : '',
            judgement: words,
          },
        }
      : {}),
    ...(note === undefined ? {} : { note }),
    svg: await renderSvg(
      vegaLiteOf(spec, { now: asked.answer, before }, { width: 180, height: 26, colors: pageColors }),
    ),
    definition: tileDefinition(asked),
  };
}

/** `shop__rollup_revenue_day: 13 days; 1 day from the events`, or why the events were read. */
function rollupText(use: RollupUse): string {
  if (!use.isUsed) return `None: ${use.reasons.join('; ')}`;
  const days = (count: number) => `${count} ${count === 1 ? 'day' : 'days'}`;
  const fresh = use.freshDays > 0 ? `; ${days(use.freshDays)} from the events` : '';
  return `${use.name}: ${days(use.storedDays)}${fresh}`;
}

/** What a tile was asked by, as a page shows it. */
export const tileDefinition = ({
  definition,
  sql,
  parameters,
  estimate,
  rollup,
  milliseconds,
}: Asked): TileDefinition => ({
  words: definition,
  sql,
  parameters: parameters.map(String),
  ...(estimate ? { read: readText(estimate) } : {}),
  rollup: rollupText(rollup),
  milliseconds,
});
