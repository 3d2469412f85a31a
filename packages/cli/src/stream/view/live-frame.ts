import width from 'fast-string-width';
import { bar, sparkline } from '../../output/bars.ts';
import type { Console } from '../../output/console.ts';
import { cutText } from '../../output/cut-text.ts';
import { grouped, percent } from '../../output/figures.ts';
import { harmlessText } from '../../output/harmless-text.ts';
import { membersText } from '../../output/members-text.ts';
import { type FoundIncident, rowText, seenText, subjectText } from './found-incident.ts';
import type { LiveFigures } from './live-figures.ts';

/** What a frame is drawn on. */
export type FrameScreen = Pick<Console, 'style'> & {
  readonly columns: number;
  /** Lines of the terminal. Lists are shortened to fit. */
  readonly rows: number;
};

/** Narrower terminals get the lists below each other. */
const sideBySideFrom = 76;
const listLines = 8;
const gap = '   ';
const nameColumns = 12;
const figureColumns = 14;

/**
 * Draws a moment of a stream as lines, none longer than the terminal is wide.
 *
 * The first line is the same in every frame of a run, so that a terminal redraws only what changed.
 */
export function liveFrame(figures: LiveFigures, screen: FrameScreen): string[] {
  const { style, columns } = screen;
  const lines = [
    `${style('bold', harmlessText(figures.table))} ${style('dim', `→ ${harmlessText(figures.lake)}`)}`,
    clockLine(figures, screen),
    '',
    ...seriesLines(figures, screen),
    '',
    ...totalLines(figures, screen),
    '',
    ...listBlocks(figures, screen),
    '',
    ...evidenceLines(figures, screen),
    ...accountingLines(figures, screen),
  ];
  return lines.map((line) => cutText(line, columns));
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `Tue 2019-10-01 14:32:10 UTC` */
export function clockText(clock: Date | undefined): string {
  if (!clock) return 'waiting for the first event';
  const [day = '', time = ''] = clock.toISOString().split('T');
  return `${weekdays[clock.getUTCDay()]} ${day} ${time.slice(0, 8)} UTC`;
}

function clockLine({ clock, speed, rate, isEnding }: LiveFigures, { style, columns }: FrameScreen): string {
  const pace = isEnding ? 'finishing' : Number.isFinite(speed) ? `${grouped(speed)}× real time` : 'no pace';
  const right = `${pace}  ${grouped(Math.round(rate))} records/s`;
  return spread(style('cyan', clockText(clock)), style('dim', right), columns);
}

/** A figure with its course over the last minutes, for each series that the table has. */
function seriesLines(figures: LiveFigures, { style, columns }: FrameScreen): string[] {
  const { eventsPerMinute, sessions, carts, cartsValue, cartsValues } = figures;
  const room = Math.min(60, columns - nameColumns - figureColumns - 2);
  const line = (
    name: string,
    figure: string,
    course: readonly number[],
    colour: 'cyan' | 'yellow',
  ): string => {
    const drawn = room >= 8 ? style(colour, sparkline([0, ...course.slice(-room)]).slice(1)) : '';
    return `${name.padEnd(nameColumns)}${style('bold', figure.padStart(figureColumns))}  ${drawn}`.trimEnd();
  };
  return [
    line('events/min', grouped(eventsPerMinute.at(-1) ?? 0), eventsPerMinute, 'cyan'),
    ...(sessions ? [line('sessions', grouped(sessions.at(-1) ?? 0), sessions, 'cyan')] : []),
    ...(carts ? [line('open carts', grouped(carts.at(-1) ?? 0), carts, 'yellow')] : []),
    ...(carts && cartsValue !== null ? [line('worth', grouped(cartsValue), cartsValues, 'yellow')] : []),
  ];
}

function totalLines({ totals }: LiveFigures, { style, columns }: FrameScreen): string[] {
  const { purchases, revenue, cartSessions, abandoned } = totals;
  const part = (name: string, value: string): string => `${style('dim', name)} ${value}`;
  const parts = [
    ...(purchases === null ? [] : [part('purchases', grouped(purchases))]),
    ...(revenue === null ? [] : [part('revenue', grouped(revenue))]),
    ...(cartSessions === null || abandoned === null
      ? []
      : [
          part('carts', grouped(cartSessions)),
          part(
            'not bought',
            `${grouped(abandoned)}${cartSessions > 0 ? ` (${percent(abandoned / cartSessions)})` : ''}`,
          ),
        ]),
  ];
  return wrapped(parts, columns);
}

/** Top sellers and incidents, beside each other where there is room. */
function listBlocks(figures: LiveFigures, screen: FrameScreen): string[] {
  const { columns } = screen;
  const isWide = columns >= sideBySideFrom;
  const left = isWide ? Math.floor((columns - gap.length) * 0.45) : columns;
  const right = isWide ? columns - gap.length - left : columns;
  // What is above and below the lists has at most 14 lines.
  const most = Math.max(
    2,
    Math.min(listLines, isWide ? screen.rows - 16 : Math.floor((screen.rows - 18) / 2)),
  );
  const sellers = figures.topItems ? sellerLines(figures, { ...screen, columns: left }, most) : [];
  const incidents = incidentLines(figures, { ...screen, columns: right }, most);
  if (sellers.length === 0) return incidentLines(figures, screen, most);
  if (!isWide) return [...sellers, '', ...incidents];
  return sellers.map((line, index) => `${padded(line, left)}${gap}${incidents[index] ?? ''}`.trimEnd());
}

/** Every list has as many lines in every frame, so that what is below it stays where it is. */
const filled = (title: string, lines: readonly string[], most: number): string[] => [
  title,
  ...lines.slice(0, most),
  ...Array.from({ length: Math.max(0, most - lines.length) }, () => ''),
];

function sellerLines(
  { topItems, topMinutes }: LiveFigures,
  { style, columns }: FrameScreen,
  most: number,
): string[] {
  const items = topItems ?? [];
  const title = style('dim', `Top sellers, last ${topMinutes} minutes`);
  if (items.length === 0) return filled(title, ['-'], most);
  const names = items.map(({ item }) => harmlessText(item));
  const counts = items.map(({ purchases }) => grouped(purchases));
  const sums = items.map(({ revenue }) => (revenue === null ? '' : grouped(revenue)));
  const [countWidth, sumWidth] = [counts, sums].map((texts) => Math.max(...texts.map((text) => text.length)));
  const nameWidth = Math.min(Math.max(...names.map((name) => width(name))), Math.floor(columns / 3));
  const used = nameWidth + 1 + (countWidth ?? 0) + (sumWidth ? sumWidth + 1 : 0) + 1;
  const room = Math.min(16, columns - used);
  const largest = items[0]?.purchases ?? 1;
  const lines = items.map(({ purchases }, index) => {
    const name = padded(cutText(names[index] ?? '', nameWidth), nameWidth);
    const sum = sumWidth ? ` ${(sums[index] ?? '').padStart(sumWidth)}` : '';
    const drawn = room >= 4 ? ` ${style('cyan', bar(purchases, largest, room))}` : '';
    return `${name} ${(counts[index] ?? '').padStart(countWidth ?? 0)}${sum}${drawn}`;
  });
  return filled(title, lines, most);
}

const severityColours = { info: 'dim', warning: 'yellow', critical: 'red' } as const;

function incidentLines(
  { incidents, incidentCount }: LiveFigures,
  { style, columns }: FrameScreen,
  most: number,
): string[] {
  const title = style('dim', `Incidents${incidentCount > 0 ? ` (${grouped(incidentCount)})` : ''}`);
  if (incidents.length === 0) return filled(title, [style('dim', 'none')], most);
  const lines = incidents
    .slice(0, most)
    .map((incident) =>
      cutText(
        incident.closed === null
          ? style(severityColours[incident.severity], incidentText(incident))
          : style('dim', incidentText(incident)),
        columns,
      ),
    );
  return filled(title, lines, most);
}

/** `14:32 many-actions actor 512: 14 in 10 s, expected 10` */
export const incidentText = (incident: FoundIncident): string =>
  harmlessText(
    `${incident.at.toISOString().slice(11, 16)} ${incident.kind} ${subjectText(incident)}: ${seenText(incident)}`,
  );

/** Terminals with fewer lines have no room for evidence. */
const evidenceFrom = 28;
const evidenceRows = 3;

/** The incident with the latest notice, and its evidence. Each frame has the same number of these lines. */
function evidenceLines({ incidents }: LiveFigures, { style, rows, columns }: FrameScreen): string[] {
  if (rows < evidenceFrom) return [];
  const [latest] = incidents;
  const lines = latest ? latestLines(latest, style) : [];
  return [
    ...lines.map((line) => cutText(line, columns)),
    ...Array.from({ length: evidenceRows + 2 - lines.length }, () => ''),
    '',
  ];
}

function latestLines(incident: FoundIncident, style: FrameScreen['style']): string[] {
  const { words, actors, severity, closed, subject_type: type } = incident;
  const subject = `${style(closed ? 'dim' : severityColours[severity], harmlessText(subjectText(incident)))}`;
  const members =
    type === 'actor' || actors.length === 0 ? '' : `  ${style('dim', `${membersText(actors)} actors`)}`;
  const began = `since ${incident.opened.toISOString().slice(11, 16)}`;
  return [
    `${subject} ${words ?? 'is beyond its threshold'}${closed ? ', and has stopped' : ''}`,
    `${seenText(incident)}  ${style('dim', began)}${members}`,
    ...incident.evidence.slice(-evidenceRows).map((row) => style('dim', `  ${harmlessText(rowText(row))}`)),
  ];
}

function accountingLines({ counts }: LiveFigures, { style, columns }: FrameScreen): string[] {
  const part = (name: string, value: number, colour?: 'green' | 'yellow' | 'red'): string =>
    `${style('dim', name)} ${colour && value > 0 ? style(colour, grouped(value)) : grouped(value)}`;
  return wrapped(
    [
      part('sent', counts.sent),
      part('archived', counts.archived, 'green'),
      part('duplicates', counts.duplicates),
      part('quarantined', counts.quarantined, 'yellow'),
      part('waiting', counts.waiting),
      ...(counts.unsent > 0 ? [part('not sent', counts.unsent, 'red')] : []),
    ],
    columns,
  );
}

/** Parts beside each other, as many as fit on a line. */
function wrapped(parts: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && width(last) + gap.length + width(part) <= columns)
      lines[lines.length - 1] = `${last}${gap}${part}`;
    else lines.push(part);
  }
  return lines;
}

const padded = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - width(text)));

/** One text at the left and one at the right; the right one is left out where there is no room. */
function spread(left: string, right: string, columns: number): string {
  const between = columns - width(left) - width(right);
  return between < 2 ? left : `${left}${' '.repeat(between)}${right}`;
}
