import type { Figure } from '../ask/figure.ts';
import { figureTable } from '../table/figure-table.ts';
import { definition } from './definition.ts';
import { type Html, html } from './html.ts';
import { tableHtml } from './table-html.ts';

/** The days that the key figures are made of, and their definitions: below the figures, which have no room for them. */
export const figureTables = (figures: readonly Figure[]): Html =>
  html`<div class="more"><details><summary>View key figures as tables</summary><div class="tables">${figures.map(tableOf)}</div></details><details><summary>Definitions of the key figures</summary>${figures.map(
    ({ asked, tile }) => html`<h3>${tile.title}</h3>${definition(asked, tile.title)}`,
  )}</details></div>`;

const tableOf = ({ tile, spec, asked, before }: Figure): Html =>
  html`<div class="scroll" id="${tile.id}-days" tabindex="0" role="region" aria-label="Table of the key figure ${tile.title}">${tableHtml(figureTable(spec, { now: asked.answer, before }))}</div>`;
