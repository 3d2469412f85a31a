import { sourceNames } from '@headwater/core/internal';
import { defineCommand } from '../command-line/command.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { completionEntries } from '../completion/completion-entries.ts';
import { completionScripts, isShell, shells } from '../completion/completion-scripts.ts';
import { loadConfig } from '../config/load-config.ts';
import { commandTable } from './command-table.ts';

/** `headwater completion` */
export const completion = defineCommand({
  name: 'completion',
  description:
    'Prints the script with which a shell completes the commands, options and metrics of headwater.',
  words: { usage: '<shell>', least: 1, most: 1, missing: `a shell: ${shells.join(', ')}`, choices: shells },
  options: {},
  examples: [
    ['completion bash >> ~/.bashrc', 'bash'],
    ['completion zsh >> ~/.zshrc', 'zsh'],
    ['completion fish > ~/.config/fish/completions/headwater.fish', 'fish'],
  ],
  async run({ words: [shell = ''] }) {
    // The scripts pass this word to list the sources of the config in the working folder.
    if (shell === 'sources') return { data: { shell, script: await configuredSources() } };
    if (!isShell(shell)) throw new UsageError(`No script for "${shell}". There are: ${shells.join(', ')}.`);
    return { data: { shell, script: completionScripts[shell](await completionEntries(commandTable)) } };
  },
  print: ({ data }, console) => console.write(data.script),
});

/** The names of the config's sources, one on a line. */
async function configuredSources(): Promise<string> {
  const { tables } = await loadConfig(undefined);
  const names = new Set(tables.flatMap(({ schema }) => sourceNames(schema)));
  return [...names].map((name) => `${name}\n`).join('');
}
