import type { FigureTable, TableCell, TableColumn } from '../table/figure-table.ts';
import { type Html, html } from './html.ts';

/** A table of figures as HTML. Each figure has its exact value beside its text. */
export const tableHtml = ({ caption, columns, rows }: FigureTable): Html =>
  html`<table><caption>${caption}</caption><thead><tr>${columns.map(({ role, title }) =>
    role === 'dimension'
      ? html`<th scope="col">${title}</th>`
      : html`<th scope="col" class="n">${title}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (row) => html`<tr>${row.map((cell, index) => cellHtml(cell, columns[index]?.role, index))}</tr>`,
  )}</tbody></table>`;

function cellHtml({ value, text }: TableCell, role: TableColumn['role'] | undefined, index: number): Html {
  if (role === 'dimension') return index === 0 ? html`<th scope="row">${text}</th>` : html`<td>${text}</td>`;
  if (role === 'change' || value === null) return html`<td class="n">${text}</td>`;
  return html`<td class="n"><data value="${value}">${text}</data></td>`;
}
