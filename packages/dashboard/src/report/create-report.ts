import { createHash } from 'node:crypto';
import type { TableSchema } from '@headwater/core';
import { answerZone, type Lake } from '@headwater/queries';
import { createAsker } from '../ask/asker.ts';
import { askFigure, type Figure } from '../ask/figure.ts';
import { chartTiles, figureTiles, grainFor, grainOf, rankedBefore } from '../ask/tiles.ts';
import type { DayRange } from '../chart/chart-answer.ts';
import { daysIn } from '../chart/days.ts';
import { rangeWords } from '../chart/period-words.ts';
import { type Comparison, comparedRange } from '../compare/compared-range.ts';
import { chartCard } from './chart-card.ts';
import { figureCard } from './figure-card.ts';
import { figureTables } from './figure-tables.ts';
import { headlineOf } from './headline.ts';
import { Html, html } from './html.ts';
import { reportStyle } from './report-style.ts';

/** What a report is of. */
export interface ReportOptions {
  readonly lake: Lake;
  /** The table that is asked, which is one of the lake's. */
  readonly schema: TableSchema;
  /** The days that it shows. */
  readonly range: DayRange;
  /** The first and the last day of the lake. */
  readonly days: DayRange;
  /** What the range is compared with; nothing where it is left out. */
  readonly comparison?: Comparison | undefined;
  /** Where the figures come from, in words: `DuckDB on this computer`. */
  readonly source: string;
  /** When the report is made. */
  readonly madeAt: Date;
  readonly signal?: AbortSignal | undefined;
}

/** A report, and what it left out. */
export interface Report {
  /** The whole file. It reads no network, and has no script. */
  readonly html: string;
  readonly figures: number;
  readonly charts: number;
  /** Titles of what the table cannot answer. */
  readonly leftOut: readonly string[];
}

/**
 * Makes a report of a table: one HTML file that opens from disk. Its figures are those of the metrics; each chart has its sentence, its
 * table, its definition and its SQL.
 *
 * @throws HeadwaterError what queries throw
 */
export async function createReport(options: ReportOptions): Promise<Report> {
  const { lake, schema, range, days, comparison, signal } = options;
  const compared = comparison && comparedRange(range, comparison);
  const asker = createAsker(lake, schema, { signal });
  const figures: Figure[] = [];
  const leftOut: string[] = [];
  for (const tile of figureTiles) {
    const figure = await askFigure(asker, tile, { range, compared, days });
    if (figure) figures.push(figure);
    else leftOut.push(tile.title);
  }
  const cards: Html[] = [];
  for (const tile of chartTiles) {
    const grain = grainOf(tile, grainFor(daysIn(range)), daysIn(range));
    const question = { metric: tile.metric, parameters: { ...grain, ...tile.parameters } };
    const asked = await asker.ask(question, range);
    const has = (measure: string) => asked?.answer.columns.some(({ name }) => name === measure) === true;
    if (!asked || !tile.measures.every(has)) leftOut.push(tile.title);
    else {
      const { parameters } = question;
      const earlier = {
        ...question,
        parameters: { ...parameters, ...(tile.mark === 'bar' ? rankedBefore : {}) },
      };
      cards.push(await chartCard(tile, asked, compared && (await asker.ask(earlier, compared))?.answer));
    }
  }
  const page = pageOf(options, compared, figures, await Promise.all(figures.map(figureCard)), cards, leftOut);
  return { html: page, figures: figures.length, charts: cards.length, leftOut };
}

function pageOf(
  { schema, range, days, source, madeAt }: ReportOptions,
  compared: DayRange | undefined,
  figures: readonly Figure[],
  tiles: readonly Html[],
  cards: readonly Html[],
  leftOut: readonly string[],
): string {
  const { title, lead } = headlineOf(figures, range, compared);
  const zone = answerZone({ schema }) ?? 'UTC';
  const digest = createHash('sha256').update(reportStyle).digest('base64');
  // Nothing is loaded, nothing runs, and no style but this one holds.
  const policy = `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`;
  const missing =
    leftOut.length > 0 ? html`<span>The table has no columns for: ${leftOut.join(', ')}.</span>` : undefined;
  const unit = figures.find(({ format }) => format.kind === 'money')?.format.unit;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><title>${schema.name}: ${rangeWords(range)}</title><style>${new Html(reportStyle)}</style></head><body>
<a class="skip" href="#main">Skip to figures</a>
<header><div class="wrap"><div class="brand">${mark}Headwater</div><span class="src">${schema.name}, ${source}</span><p class="fresh">Events of ${rangeWords(days)}, ${zone}</p></div></header>
<main id="main" tabindex="-1"><div class="wrap"><h1>${title}</h1><p class="lead">${lead}</p>
<section aria-labelledby="h-figures"><h2 class="sr" id="h-figures">Key figures</h2><ul class="tiles">${tiles}</ul>${figureTables(figures)}</section>
<div class="grid">${cards}</div></div></main>
<footer><div class="wrap"><span>Made ${madeAt.toISOString().slice(0, 16).replace('T', ' ')} UTC.</span><span>Days and hours are ${zone}.</span>${unit === undefined ? html`<span>Money is in the store’s own currency, as sent.</span>` : html`<span>Money is in ${unit}.</span>`}<span>A change is within the usual range when one between the periods before was as large.</span>${missing}</div></footer>
</body></html>
`.text;
}

const mark = html`<svg viewBox="0 0 22 22" aria-hidden="true" fill="none" stroke="var(--accent)" stroke-width="2.2" stroke-linecap="round"><path d="M11 2v6M11 8C11 13 3 12 3 20M11 8c0 5 8 4 8 12M11 8v12"/></svg>`;
