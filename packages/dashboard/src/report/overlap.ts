import type { FunnelSpec } from '../chart/chart-spec.ts';
import { figureText } from '../chart/figure-format.ts';
import { figureOf } from '../chart/figure-of.ts';
import type { Compared } from '../compare/compared.ts';
import { overlapsOf } from '../table/funnel-figures.ts';
import { type Html, html } from './html.ts';

/** What steps of a funnel have in common, below the steps. */
export function overlap(spec: FunnelSpec, { now }: Compared): Html | undefined {
  const figures = overlapsOf(spec).map(
    ({ column, title }) =>
      html`<div><dt>${title}</dt><dd>${figureText(figureOf(now.rows[0], column), { kind: 'count', digits: 0 })}</dd></div>`,
  );
  return figures.length > 0 ? html`<dl class="also">${figures}</dl>` : undefined;
}
