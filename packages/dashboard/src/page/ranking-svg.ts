import type { RankingTileAnswer } from '../api/api.ts';

const width = 616;
const rowHeight = 28;
/** Where names and bars end, where figures end, and where changes end. */
const [nameEnd, figureEnd] = [300, 480];
const most = 12;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const label = (x: number, y: number, text: string, { anchor = 'start', weight = 400, color = 'text' } = {}) =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}" font-weight="${weight}" font-size="13" fill="var(--${color})">${escaped(text)}</text>`;

/** The first rows of a ranking as a drawing: on the page it is a table with bars behind its names, which no picture can be made of. */
export function rankingSvg({ table }: Pick<RankingTileAnswer, 'table'>): {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
} {
  const rows = table.rows.slice(0, most);
  const change = table.columns.findIndex(({ role }) => role === 'change');
  const largest = Math.max(0, ...rows.map((row) => Number(row[1]?.value ?? 0))) || 1;
  const height = rowHeight * (rows.length + 1);
  const head = table.columns.flatMap(({ title, role }, index) => {
    const at = { measure: figureEnd, change: width, dimension: 0, before: undefined }[role];
    if (at === undefined || index > Math.max(1, change)) return [];
    return [label(at, 18, title, { anchor: at === 0 ? 'start' : 'end', color: 'muted' })];
  });
  const lines = rows.map((row, index) => {
    const top = rowHeight * (index + 1);
    const long = Math.max(0, (nameEnd * Number(row[1]?.value ?? 0)) / largest);
    const [name = '', figure = ''] = [row[0]?.text, row[1]?.text];
    return [
      `<rect x="0" y="${top + 3}" width="${long.toFixed(1)}" height="${rowHeight - 6}" rx="2" fill="var(--heat1)"/>`,
      label(6, top + 18, name.length > 40 ? `${name.slice(0, 39)}…` : name, { color: 'heat-text1' }),
      label(figureEnd, top + 18, figure, { anchor: 'end' }),
      change < 0 ? '' : label(width, top + 18, row[change]?.text ?? '', { anchor: 'end', weight: 600 }),
      `<rect x="0" y="${top + rowHeight - 1}" width="${width}" height="1" fill="var(--grid)"/>`,
    ].join('');
  });
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${head.join('')}${lines.join('')}</svg>`,
    width,
    height,
  };
}
