import { type FunnelSpec, isMeasureChannel, type MeasureChannel } from '../chart/chart-spec.ts';
import { type FigureFormat, figureText } from '../chart/figure-format.ts';
import { figureOf } from '../chart/figure-of.ts';
import { rangeWords } from '../chart/period-words.ts';
import type { Compared } from '../compare/compared.ts';
import { deltaOf } from '../compare/delta.ts';
import { funnelRows } from '../vega/funnel-chart.ts';
import { type Html, html } from './html.ts';

const count: FigureFormat = { kind: 'count', digits: 0 };
const share: FigureFormat = { kind: 'share', digits: 2 };

/** The counts of the answer that are no steps: what steps have in common, and what came to one without the one before. */
function overlaps({ steps, table }: FunnelSpec): MeasureChannel[] {
  if (steps.kind !== 'columns') return [];
  const names = new Set(steps.columns.map(({ column }) => column));
  return table
    .filter(isMeasureChannel)
    .filter(({ column, format }) => !names.has(column) && format.kind === 'count');
}

/** What steps have in common, below the steps. */
export function overlap(spec: FunnelSpec, { now }: Compared): Html | undefined {
  const figures = overlaps(spec).map(
    ({ column, title }) =>
      html`<div><dt>${title}</dt><dd>${figureText(figureOf(now.rows[0], column), count)}</dd></div>`,
  );
  return figures.length > 0 ? html`<dl class="also">${figures}</dl>` : undefined;
}

/** A funnel as a table: a row for each step, with its part of the first; then what steps have in common. */
export function funnelTable(spec: FunnelSpec, compared: Compared): Html {
  const { now, before } = compared;
  const words = before && rangeWords(before.range, before.range.to.slice(0, 4) !== now.range.to.slice(0, 4));
  const others = overlaps(spec).map(({ column, title }) => ({
    name: title,
    value: figureOf(now.rows[0], column),
    before: figureOf(before?.rows[0], column),
    share: null,
    shareBefore: null,
  }));
  const cell = (value: number | null, format: FigureFormat): Html =>
    value === null
      ? html`<td class="n">–</td>`
      : html`<td class="n"><data value="${value}">${figureText(value, format)}</data></td>`;
  const cells = (value: number | null, was: number | null, format: FigureFormat): Html =>
    html`${cell(value, format)}${before ? html`${cell(was, format)}<td class="n">${deltaOf(value, was, format)?.text ?? '–'}</td>` : undefined}`;
  const heads = (title: string): Html =>
    html`<th scope="col" class="n">${title}</th>${before ? html`<th scope="col" class="n">${words}</th><th scope="col" class="n">Change</th>` : undefined}`;
  const rows = [...funnelRows(spec, compared), ...others].map(
    (row) =>
      html`<tr><th scope="row">${row.name}</th>${cells(row.value, row.before, count)}${cells(row.share, row.shareBefore, share)}</tr>`,
  );
  return html`<table><caption>${spec.title}, ${rangeWords(now.range)}</caption><thead><tr><th scope="col">Step</th>${heads('Count')}${heads('Of the first')}</tr></thead><tbody>${rows}</tbody></table>`;
}
