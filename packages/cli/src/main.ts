import { readFileSync } from 'node:fs';
import type { ExitCode } from './answer/exit-code.ts';
import { groupHelp, rootHelp } from './command-line/help-text.ts';
import { commandTable } from './commands/command-table.ts';
import { createConsole, isOutputClosed } from './output/console.ts';

/**
 * Runs one command line.
 *
 * @param argv what follows `headwater`
 * @param signal stops the work
 * @returns the exit code; failures are reported on standard error, never thrown
 */
export async function main(argv: readonly string[], signal: AbortSignal): Promise<ExitCode> {
  const console = createConsole();
  try {
    const [first = '--help', ...rest] = argv;
    if (first === '--version' || first === '-V') {
      await console.print(version());
      return 0;
    }
    // `headwater help etl run` is `headwater etl run --help`.
    const words = first === 'help' ? [...rest, '--help'] : [first, ...rest];
    if (words[0] === '--help' || words[0] === '-h') {
      await console.write(rootHelp(version(), commandTable, console));
      return 0;
    }
    const found = findCommand(words);
    if (found) {
      const { runCommand } = await import('./run-command.ts');
      return await runCommand(await found.load(), found.argv, console, signal);
    }
    const [group = '', wanted] = words;
    if (isGroup(group) && (wanted === '--help' || wanted === '-h')) {
      await console.write(groupHelp(group, commandTable, console));
      return 0;
    }
    const { unknownCommand } = await import('./command-line/unknown-command.ts');
    throw await unknownCommand(words, Object.keys(commandTable));
  } catch (error) {
    if (isOutputClosed(error)) return 0;
    const { reportFailure } = await import('./command-line/report-failure.ts');
    return reportFailure(error, { console, signal, json: argv.includes('--json') });
  }
}

function findCommand(words: readonly string[]) {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    const entry = Object.hasOwn(commandTable, name) ? commandTable[name] : undefined;
    const argv = words.slice(length);
    if (entry) return { argv, load: () => entry.load(argv) };
  }
  return undefined;
}

const isGroup = (word: string): boolean =>
  Object.keys(commandTable).some((name) => name.startsWith(`${word} `));

function version(): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  );
  return manifest.version;
}
