import type { AnswerRow } from '../chart/chart-answer.ts';
import { type ChartSpec, isMeasureChannel, type MeasureChannel } from '../chart/chart-spec.ts';
import { dimensionText } from '../chart/dimension-text.ts';
import { figureText, formatFor } from '../chart/figure-format.ts';
import { figureOf } from '../chart/figure-of.ts';
import { rangeWords } from '../chart/period-words.ts';
import type { Compared } from '../compare/compared.ts';
import { deltaOf } from '../compare/delta.ts';
import { pairRows } from '../compare/pair-rows.ts';
import { type Html, html } from './html.ts';

/** The measures that a chart draws, which its table compares. */
export function drawnMeasures(spec: ChartSpec): readonly MeasureChannel[] {
  switch (spec.mark) {
    case 'line':
      return spec.y;
    case 'bar':
      return [spec.y];
    case 'kpi':
    case 'heatmap':
      return [spec.value];
    case 'funnel':
      return spec.steps.kind === 'columns' ? spec.steps.columns : [spec.steps.value];
    case 'table':
      return spec.table.filter(isMeasureChannel);
  }
}

/** The figures of a chart as a table: each row with the drawn measures, what they were, and their change; then the other measures. */
export function answerTable(spec: ChartSpec, compared: Compared): Html {
  const { now, before } = compared;
  const dimensions = spec.table
    .filter((one) => !isMeasureChannel(one))
    .filter(({ column }) => column !== 'rank');
  const drawn = drawnMeasures(spec);
  // The other measures of a figure's metric have figures of their own.
  const others =
    spec.mark === 'kpi'
      ? []
      : spec.table
          .filter(isMeasureChannel)
          .filter(({ column }) => !drawn.some((one) => one.column === column));
  const pairs = before
    ? pairRows(now, before)
    : now.rows.map((row) => ({ key: '', now: row, before: undefined }));
  const shown = pairs.filter((pair) => pair.now !== undefined);
  const formats = new Map(
    [...drawn, ...others].map(({ column, format }) => [
      column,
      formatFor(
        format,
        shown.flatMap((pair) => [figureOf(pair.now, column), figureOf(pair.before, column)]),
      ),
    ]),
  );
  const cell = (row: AnswerRow | undefined, { column, format }: MeasureChannel): Html => {
    const value = figureOf(row, column);
    const text = figureText(value, formats.get(column) ?? format);
    return value === null
      ? html`<td class="n">${text}</td>`
      : html`<td class="n"><data value="${value}">${text}</data></td>`;
  };
  const compares = before !== undefined;
  const words = before && rangeWords(before.range, before.range.to.slice(0, 4) !== now.range.to.slice(0, 4));
  const heads = (one: MeasureChannel): Html =>
    html`<th scope="col" class="n">${one.title}</th>${compares ? html`<th scope="col" class="n">${words}</th><th scope="col" class="n">Change</th>` : undefined}`;
  const cells = (pair: (typeof shown)[number], one: MeasureChannel): Html => {
    const delta = deltaOf(
      figureOf(pair.now, one.column),
      figureOf(pair.before, one.column),
      formats.get(one.column) ?? one.format,
    );
    return html`${cell(pair.now, one)}${compares ? html`${cell(pair.before, one)}<td class="n">${delta?.text ?? '–'}</td>` : undefined}`;
  };
  return html`<table><caption>${spec.title}, ${rangeWords(now.range)}</caption><thead><tr>${dimensions.map(
    ({ title }) => html`<th scope="col">${title}</th>`,
  )}${drawn.map(heads)}${others.map(({ title }) => html`<th scope="col" class="n">${title}</th>`)}</tr></thead><tbody>${shown.map(
    (pair) =>
      html`<tr>${dimensions.map((one, index) => {
        const text = isMeasureChannel(one) ? '' : dimensionText(pair.now?.[one.column], one, now.grain);
        return index === 0 ? html`<th scope="row">${text}</th>` : html`<td>${text}</td>`;
      })}${drawn.map((one) => cells(pair, one))}${others.map((one) => cell(pair.now, one))}</tr>`,
  )}</tbody></table>`;
}
