import { defineCommand } from '../command-line/command.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { completionEntries } from '../completion/completion-entries.ts';
import { completionScripts, isShell, shells } from '../completion/completion-scripts.ts';

/** `headwater completion` */
export const completion = defineCommand({
  name: 'completion',
  description:
    'Prints the script that makes a shell complete the commands, options and metrics of headwater.',
  words: { usage: '<shell>', least: 1, most: 1, missing: `a shell: ${shells.join(', ')}`, choices: shells },
  options: {},
  examples: [
    ['completion bash >> ~/.bashrc', 'bash'],
    ['completion zsh >> ~/.zshrc', 'zsh'],
    ['completion fish > ~/.config/fish/completions/headwater.fish', 'fish'],
  ],
  async run({ words, options, console }) {
    const [shell = ''] = words;
    if (!isShell(shell)) throw new UsageError(`No script for "${shell}". There are: ${shells.join(', ')}.`);
    const script = completionScripts[shell](await completionEntries());
    if (options.json) await console.json({ shell, script });
    else await console.write(script);
    return true;
  },
});
