import type { ScanEstimate } from '@headwater/queries';
import type { Asked } from '../ask/asker.ts';
import { type Html, html } from './html.ts';

/** What a figure means, the statement that computed it, and what that read. */
export function definition({ definition: words, sql, parameters, estimate }: Asked, title: string): Html {
  const read = estimate && html`<dt>Read at most</dt><dd>${readText(estimate)}</dd>`;
  const values =
    parameters.length > 0
      ? html`<dt>Parameters</dt><dd>${parameters.map(String).join(', ')}</dd>`
      : undefined;
  return html`<p>${words}</p><pre tabindex="0" role="region" aria-label="SQL of ${title}"><code>${sql}</code></pre><dl>${values}${read}</dl>`;
}

/** What a query reads at most, in words. */
export function readText({ mostBytes, tables }: ScanEstimate): string {
  const days = tables.flatMap(({ days: own }) => own ?? []).toSorted();
  return `${bytesText(mostBytes)} of the lake’s files${days.length > 0 ? `, days ${days[0]} to ${days.at(-1)}` : ''}; an upper bound from the manifests`;
}

/** Bytes in decimal units: `1.1 MB`. */
function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return `${power === 0 ? bytes : (bytes / 1000 ** power).toFixed(1)} ${units[power]}`;
}
