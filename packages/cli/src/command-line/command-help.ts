import { wrap } from '../output/wrap.ts';
import type { Command } from './command.ts';
import { examples, indent, type Pair, rows, type Screen, section, widthOf } from './help-text.ts';
import { type OptionTable, optionText } from './option.ts';

/** The help of one command. */
export function commandHelp(command: Command, common: OptionTable, screen: Screen): string {
  const { style } = screen;
  const usage = ['headwater', command.name, command.words?.usage ?? '', '[options]'];
  const options = Object.entries({ ...command.options, ...common }).map(([name, option]): Pair => {
    const { placeholder } = option;
    return [`--${name}${placeholder ? ` ${placeholder}` : ''}`, optionText(option)];
  });
  return [
    ...command.description.split('\n').flatMap((line) => wrap(line, widthOf(screen))),
    '',
    section('Usage', wrap(usage.filter(Boolean).join(' '), widthOf(screen) - indent.length), style),
    section('Options', rows(options, screen), style),
    section('Examples', examples(command.examples, screen), style),
  ].join('\n');
}
