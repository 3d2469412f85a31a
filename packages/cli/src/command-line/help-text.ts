import type { Style } from '../output/console.ts';
import type { Command } from './command.ts';
import { type CommandEntry, commandTable } from './command-table.ts';
import type { OptionTable } from './option.ts';

const width = 100;

/** The help of `headwater` itself. */
export function rootHelp(version: string, style: Style): string {
  return [
    `${style('bold', 'headwater')} ${version}: raw shop events to a verified Parquet lake, and typed answers from it.`,
    '',
    section('Usage', ['headwater <command> [options]'], style),
    section('Commands', rows(Object.entries(commandTable).map(namedSummary)), style),
    section(
      'Options',
      rows([
        ['--help', 'Help of headwater, or of a command: headwater etl run --help'],
        ['--version', 'Print the version'],
        ['--json', 'With any command: one JSON value on standard output, errors as JSON'],
      ]),
      style,
    ),
    section(
      'Examples',
      rows([
        ['headwater demo', 'Start here'],
        ['headwater etl run raw/*.csv.gz --lake ./lake', 'Load files'],
        ['headwater query revenue --lake ./lake --from 2019-10-01 --to 2019-10-07', 'Ask'],
      ]),
      style,
    ),
  ].join('\n');
}

/** The help of a word that stands before others, such as `etl`. */
export function groupHelp(group: string, style: Style): string {
  const members = Object.entries(commandTable).filter(([name]) => name.startsWith(`${group} `));
  return [
    section('Usage', [`headwater ${group} <command> [options]`], style),
    section('Commands', rows(members.map(namedSummary)), style),
  ].join('\n');
}

/** The help of one command. */
export function commandHelp(command: Command, common: OptionTable, style: Style): string {
  const usage = ['headwater', command.name, command.words?.usage ?? '', '[options]']
    .filter(Boolean)
    .join(' ');
  return [
    ...wrap(command.description, width),
    '',
    section('Usage', [usage], style),
    section('Options', rows(Object.entries({ ...command.options, ...common }).map(optionRow)), style),
    section(
      'Examples',
      command.examples.flatMap(([line, what]) => [`${style('dim', `# ${what}`)}`, `headwater ${line}`]),
      style,
    ),
  ].join('\n');
}

const namedSummary = ([name, { summary }]: [string, CommandEntry]): [string, string] => [name, summary];

function optionRow([name, option]: [string, OptionTable[string]]): [string, string] {
  const { placeholder, description, choices } = option;
  const values = choices ? ` (${choices.join(', ')})` : '';
  return [`--${name}${placeholder ? ` ${placeholder}` : ''}`, `${description}${values}`];
}

function section(title: string, lines: readonly string[], style: Style): string {
  return `${style('bold', title)}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

function rows(pairs: readonly (readonly [string, string])[]): string[] {
  const left = Math.max(...pairs.map(([name]) => name.length)) + 2;
  return pairs.flatMap(([name, what]) =>
    wrap(what, Math.max(30, width - left - 2)).map(
      (line, index) => `${(index === 0 ? name : '').padEnd(left)}${line}`,
    ),
  );
}

function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && line.length + word.length + 1 > columns) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line];
}
