import type { Console } from '../output/console.ts';
import { wrap, wrapCommand } from '../output/wrap.ts';

/** The width of help without a terminal, and its maximum on one: longer lines are hard to read. */
const width = { default: 100, most: 120 };
/** Descriptions narrower than this are printed below their names instead of beside them. */
const narrowest = 34;

/** Where help is shown. */
export type Screen = Pick<Console, 'style' | 'columns'>;
/** A name and its description. */
export type Pair = readonly [name: string, what: string];

/** The summaries of commands by name. */
type Summaries = Readonly<Record<string, { readonly summary: string }>>;

/** The help of `headwater` itself. */
export function rootHelp(version: string, commands: Summaries, screen: Screen): string {
  const { style } = screen;
  return [
    ...wrap(
      `headwater ${version}: raw shop events to a verified Parquet lake, and typed answers from it.`,
      widthOf(screen),
    ).map((line) => line.replace(/^headwater/, style('bold', 'headwater'))),
    '',
    section('Usage', ['headwater <command> [options]'], style),
    section('Commands', rows(summariesOf(commands), screen), style),
    section(
      'Options',
      rows(
        [
          ['--help', 'Show help for headwater or for a command: headwater etl run --help'],
          ['--version', 'Print the version'],
          ['--json', 'With any command: print one JSON value, and errors as JSON'],
        ],
        screen,
      ),
      style,
    ),
    section(
      'Examples',
      examples(
        [
          ['demo', 'Start here'],
          ['etl run raw/*.csv.gz --lake ./lake', 'Load files'],
          ['query revenue --lake ./lake --from 2019-10-01 --to 2019-10-07', 'Ask a question'],
        ],
        screen,
      ),
      style,
    ),
  ].join('\n');
}

/** The help of a group of commands, such as `etl`. */
export function groupHelp(group: string, commands: Summaries, screen: Screen): string {
  const members = summariesOf(commands).filter(([name]) => name.startsWith(`${group} `));
  return [
    section(
      'Usage',
      wrap(`headwater ${group} <command> [options]`, widthOf(screen) - indent.length),
      screen.style,
    ),
    section('Commands', rows(members, screen), screen.style),
  ].join('\n');
}

const summariesOf = (commands: Summaries): Pair[] =>
  Object.entries(commands).map(([name, { summary }]) => [name, summary]);

/** The width of help on a screen. */
export const widthOf = ({ columns }: Screen): number => Math.min(columns ?? width.default, width.most);

/** What help is indented by. */
export const indent = '  ';

/** A titled part of help. */
export function section(title: string, lines: readonly string[], style: Screen['style']): string {
  return `${style('bold', title)}\n${lines.map((line) => `${indent}${line}\n`).join('')}`;
}

/** Command lines, each below what it does. */
export function examples(pairs: readonly Pair[], screen: Screen): string[] {
  const room = widthOf(screen) - indent.length;
  return pairs.flatMap(([line, what]) => [
    ...wrap(`# ${what}`, room).map((text) => screen.style('dim', text)),
    ...(screen.columns === undefined ? [`headwater ${line}`] : wrapCommand(`headwater ${line}`, room)),
  ]);
}

/** Names with their descriptions beside them, or below them where the screen is narrow. */
export function rows(pairs: readonly Pair[], screen: Screen): string[] {
  const left = Math.max(...pairs.map(([name]) => name.length)) + 2;
  const room = widthOf(screen) - indent.length - left;
  if (room < narrowest)
    return pairs.flatMap(([name, what]) => [
      name,
      ...wrap(what, widthOf(screen) - 2 * indent.length - 2).map((line) => `${indent}${indent}${line}`),
    ]);
  return pairs.flatMap(([name, what]) =>
    wrap(what, room).map((line, index) => `${(index === 0 ? name : '').padEnd(left)}${line}`),
  );
}
