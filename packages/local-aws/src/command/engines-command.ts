import { parseArgs } from 'node:util';
import { installAll } from './install.ts';
import { showEnvironment, showStatus, startEngines, stopEngines } from './lifecycle.ts';
import { tryEngines } from './try-engines.ts';

/** A subcommand of `engines`: takes its arguments and gives the exit status. */
export interface EnginesCommand {
  readonly usage: string;
  readonly summary: string;
  run(args: readonly string[], flags: { readonly json: boolean }): Promise<number>;
}

const commands: Readonly<Record<string, EnginesCommand>> = {
  up: startEngines,
  down: stopEngines,
  status: showStatus,
  env: showEnvironment,
  install: installAll,
  try: tryEngines,
};

const usage = `Usage: pnpm engines <command> [--json]

${Object.values(commands)
  .map((command) => `  ${command.usage.padEnd(24)}${command.summary}`)
  .join('\n')}

Downloads, logs and the running state are in the user's cache folder; HEADWATER_CACHE names another folder.`;

/**
 * Runs one command line of `pnpm engines`.
 *
 * @returns the exit status: 0 success, 1 failure, 2 a command line that is not valid
 */
export async function enginesCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [name, ...rest] = positionals;
  const command = name === undefined ? undefined : commands[name];
  if (command !== undefined && !values.help) return command.run(rest, { json: values.json });
  const isAsked = values.help || name === 'help';
  (isAsked ? console.log : console.error)(usage);
  return isAsked ? 0 : 2;
}
