import type { StackDifference } from '@headwater/infra/deploy';
import type { Answer } from '../answer/answer.ts';
import { writeMarkdown } from '../ci/markdown.ts';
import { defineCommand } from '../command-line/command.ts';
import { text } from '../command-line/option.ts';
import { configOption } from '../config/chosen-lake.ts';
import { loadConfig } from '../config/load-config.ts';
import { platformConfig } from '../infra/infra-config.ts';
import { printPlan } from '../infra/print-plan.ts';
import { stackMarkdown } from '../infra/stack-markdown.ts';

const options = {
  markdown: text('FILE', 'Write the plan as Markdown too, for a comment on a pull request'),
  ...configOption,
};

interface DiffAnswer extends Answer {
  readonly difference: StackDifference;
}

/** `headwater infra diff` */
export const infraDiff = defineCommand<typeof options, DiffAnswer>({
  name: 'infra diff',
  description:
    'Shows what a deployment would change in the live stack, resource by resource: what is replaced, which data would be lost or left ' +
    'behind, what CloudFormation cannot do, and who may do more afterwards. Changes nothing, and needs the rights to read the stack alone. ' +
    'The exit code is 0 whatever it finds.',
  options,
  examples: [
    ['infra diff', 'Before a deployment'],
    [
      'infra diff --markdown plan.md',
      'For a pull request; its last line has the digest for infra deploy --plan',
    ],
    ['infra diff --json', 'For a program'],
  ],
  async run({ options: { config: file, markdown } }) {
    const config = platformConfig(await loadConfig(file));
    const { diffStack, withPlatform } = await import('@headwater/infra/deploy');
    const difference = await withPlatform(config, diffStack);
    if (markdown !== undefined) await writeMarkdown(markdown, stackMarkdown(difference));
    return { data: { ...difference.plan, digest: difference.digest }, difference };
  },
  print: ({ difference }, console) => printPlan(console, difference.plan),
});
