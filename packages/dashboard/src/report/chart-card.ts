import type { Asked } from '../ask/asker.ts';
import type { ChartTile } from '../ask/tiles.ts';
import type { ChartAnswer } from '../chart/chart-answer.ts';
import { chartOfAnswer } from '../chart/chart-of-answer.ts';
import { hasFigures } from '../chart/drawn-measures.ts';
import { axisText, type FigureFormat } from '../chart/figure-format.ts';
import { rangeWords } from '../chart/period-words.ts';
import type { Compared } from '../compare/compared.ts';
import { sentenceOf } from '../sentence/sentence-of.ts';
import { figureTable } from '../table/figure-table.ts';
import { pageColors } from '../vega/color-tokens.ts';
import { gridOf } from '../vega/heatmap-chart.ts';
import { linesOf, lineTicks } from '../vega/line-chart.ts';
import { renderSvg } from '../vega/render-chart.ts';
import { type DrawnSpec, vegaLiteOf } from '../vega/vega-lite-of.ts';
import { definition } from './definition.ts';
import { Html, html } from './html.ts';
import { overlap } from './overlap.ts';
import { tableHtml } from './table-html.ts';

/** How wide a card draws where it has room, by the columns that it takes on a wide screen. */
const wideWidths = { 4: 616, 5: 496, 6: 616, 7: 736, 8: 856 } as const;
const narrowWidth = 356;

const kinds = { line: 'line chart', bar: 'bar chart', funnel: 'funnel', heatmap: 'heat map' } as const;

/** A chart with its sentence, its table and its definition. */
export async function chartCard(
  tile: ChartTile,
  asked: Asked,
  before: ChartAnswer | undefined,
): Promise<Html> {
  const compared = { now: asked.answer, before };
  const { grain } = asked.answer;
  const title = tile.mark === 'line' && grain !== undefined ? `${tile.title} by ${grain}` : tile.title;
  const spec = chartOfAnswer(asked.answer, { mark: tile.mark, measures: tile.measures, title });
  const sentence = sentenceOf(spec, compared);
  const draw = async (width: number, name: string) =>
    html`<div class="${name}" aria-hidden="true">${new Html(await renderSvg(vegaLiteOf(spec, compared, { width, height: width === narrowWidth ? 190 : 230, colors: pageColors })))}</div>`;
  const isEmpty = !hasFigures(spec, compared.now);
  const drawings = isEmpty
    ? html`<p class="none">No figures, so nothing to draw.</p>`
    : [await draw(narrowWidth, 'narrow'), await draw(wideWidths[tile.span], 'wide')];
  const id = `h-${tile.id}`;
  return html`<section class="card s${tile.span}" id="${tile.id}" aria-labelledby="${id}"><h2 id="${id}">${title}${unitOf(spec)}</h2><p class="sum">${sentence}</p>${keyOf(spec, compared)}<div class="plot" role="img" aria-label="${title}, ${kinds[tile.mark]}. ${sentence} The table has every figure.">${drawings}</div>${isEmpty ? undefined : noteOf(spec, compared)}<div class="more"><details><summary>View as table<span class="sr">: ${title}</span></summary><div class="scroll" tabindex="0" role="region" aria-label="Table: ${title}">${tableHtml(figureTable(spec, compared))}</div></details><details><summary>Definition<span class="sr"> of ${title}</span></summary>${definition(asked, title)}</details></div></section>`;
}

/** The unit of the axis, for a title. */
export const unitOf = (spec: DrawnSpec): string => {
  const unit =
    spec.mark === 'line' ? spec.y[0].format.unit : spec.mark === 'bar' ? spec.y.format.unit : undefined;
  return unit === undefined || unit === 's' ? '' : `, ${unit}`;
};

const period = ({ range }: ChartAnswer, other: ChartAnswer): string =>
  rangeWords(range, range.to.slice(0, 4) !== other.range.to.slice(0, 4));

/** What solid and dashed stand for, or which range a colour is. */
export function keyOf(spec: DrawnSpec, compared: Compared): Html | undefined {
  const { now, before } = compared;
  if (spec.mark === 'heatmap') return undefined;
  if (!before) return undefined;
  const [own, other] = [period(now, before), period(before, now)];
  const name = spec.mark === 'line' ? 'line' : 'bar';
  return html`<p class="key ${name}" aria-hidden="true"><span class="k ${name}">${own}</span><span class="k ${name}-before">${other}</span></p>`;
}

/** Where an axis begins, or what the five colours stand for. */
export function noteOf(spec: DrawnSpec, compared: Compared): Html | undefined {
  if (spec.mark === 'line') {
    const plot = linesOf(spec, compared, { width: 0, height: 0, colors: pageColors });
    const { from } = lineTicks(plot);
    const format = spec.y[0].format;
    return html`<p class="note">${from === 0 ? 'Axis starts at 0.' : `Axis starts at ${axisText(from, format)}, not 0.`}</p>`;
  }
  if (spec.mark === 'funnel')
    return html`${overlap(spec, compared)}<p class="note">Percentages are of the first step; changes are in points. Each step is counted by itself.</p>`;
  if (spec.mark !== 'heatmap') return undefined;
  const { ends } = gridOf(spec, compared);
  const { format } = spec.value;
  const ranges = rangesOf(ends, format).map((text, index) => html`<li><i class="q${index}"></i>${text}</li>`);
  const unit = format.kind === 'share' ? ' Cells are in percent.' : '';
  const what =
    spec.x.kind === 'offset'
      ? `Columns are ${compared.now.grain ?? 'day'}s later; a cohort comes back or does not.${unit}`
      : `No colour: no figure.${unit}`;
  return html`<ul class="leg" aria-hidden="true">${ranges}</ul><p class="note">${what}</p>`;
}

/** The five ranges of a heat map in words: `under 90`, `90–179`, and so on to `360 or more`. A figure at an end is of the range above it. */
function rangesOf(ends: readonly number[], format: FigureFormat): string[] {
  const text = (value: number) => axisText(value, format);
  const starts = ends.slice(0, -1);
  return starts.map((start, index) => {
    const end = ends[index + 1] ?? start;
    if (index === 0) return `under ${text(end)}`;
    if (index === starts.length - 1) return `${text(start)} or more`;
    return format.kind === 'count'
      ? end - start > 1
        ? `${text(start)}–${text(end - 1)}`
        : text(start)
      : `${text(start)}–${text(end)}`;
  });
}
