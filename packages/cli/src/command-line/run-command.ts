import type { Console } from '../output/console.ts';
import type { Command } from './command.ts';
import type { ExitCode } from './exit-code.ts';
import { commandHelp } from './help-text.ts';
import { commonOptions, readCall } from './read-call.ts';

/** Reads the words of a call and runs the command, or prints its help. */
export async function runCommand(
  command: Command,
  argv: readonly string[],
  console: Console,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { words, options } = await readCall(command, argv);
  if (options.help) {
    await console.write(commandHelp(command, commonOptions, console.style));
    return 0;
  }
  const ended = await command.run({ words, options, console, signal });
  return typeof ended === 'number' ? ended : ended ? 0 : 1;
}
