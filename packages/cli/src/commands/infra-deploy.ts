import type { DeployReport, StackPlan } from '@headwater/infra/deploy';
import type { Answer } from '../answer/answer.ts';
import { reviewedPlans } from '../ci/reviewed-plans.ts';
import { defineCommand } from '../command-line/command.ts';
import { flag, list, repeated } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { configOption } from '../config/chosen-lake.ts';
import { loadConfig } from '../config/load-config.ts';
import { platformConfig } from '../infra/infra-config.ts';
import { printPlan } from '../infra/print-plan.ts';

const options = {
  bootstrap: flag('Make the bootstrap stack of the CDK first, or bring it up to date'),
  adopt: flag(
    'Take buckets, streams and DynamoDB tables that exist outside of the stack into it, as they are',
  ),
  allow: repeated('ID', 'Accept a loss of data in the plan, by its id; may be repeated'),
  plan: list(
    'DIGEST',
    'Refuse any other plan than the reviewed one, by its digest in infra diff; none for no change',
  ),
  'dry-run': flag('Check, show the plan, and do nothing'),
  yes: flag('Deploy without asking; required where nobody can be asked'),
  ...configOption,
};

type DeployPart =
  | { readonly kind: 'plan'; readonly plan: StackPlan }
  | { readonly kind: 'done'; readonly line: string };

interface DeployAnswer extends Answer {
  readonly report: DeployReport;
}

/** `headwater infra deploy` */
export const infraDeploy = defineCommand<typeof options, DeployAnswer, DeployPart>({
  name: 'infra deploy',
  description:
    'Deploys the whole platform as one stack of CloudFormation. First it checks: credentials of the account in the config, the bootstrap stack, ' +
    'every table at the version that the stack would write, and nothing of the same name outside of the stack. Then it shows the plan and ' +
    'asks. A loss of data needs --allow with its id. Stopped or failed, run it again: it waits for what CloudFormation has begun, and does the rest.',
  options,
  examples: [
    ['infra deploy --dry-run', 'Check, and show the plan'],
    ['infra deploy --bootstrap', 'The first time in an account and region'],
    ['infra deploy --yes --plan 3f1c9a0b72d4e586', 'In CI: the plan that was reviewed, and no other'],
    [
      'infra deploy --adopt',
      "After a destroy that left the data, with infra: { catalog: 'published' }: the new stack takes it over",
    ],
  ],
  async run({ options: given, onPart, onProgress, confirm, signal }) {
    const config = platformConfig(await loadConfig(given.config));
    const { deployStack, withPlatform } = await import('@headwater/infra/deploy');
    const report = await withPlatform(config, (synthesized) =>
      deployStack(synthesized, {
        bootstrap: given.bootstrap,
        adopt: given.adopt,
        allow: given.allow,
        dryRun: given['dry-run'],
        reviewed: reviewedPlans(given.plan),
        ...(given.yes ? {} : { approve: () => approval(confirm) }),
        onPlan: (plan) => onPart?.({ kind: 'plan', plan }),
        onStep({ doing, isComplete, done, total }) {
          if (isComplete) void onPart?.({ kind: 'done', line: doing });
          onProgress?.({ doing, fraction: total ? Math.min(1, done / total) : 0 });
        },
        signal,
      }),
    );
    const { plan, ...rest } = report;
    return { data: { ...plan, ...rest }, exitCode: report.outcome === 'declined' ? 1 : 0, report };
  },
  async printPart(part, console) {
    if (part.kind === 'plan') await printPlan(console, part.plan);
    else console.note(console.noteStyle('dim', `${part.line}: done`));
  },
  async print({ report: { outcome, plan, outputs, leftovers } }, { print, style, note }) {
    for (const line of leftovers) note(`could not be deleted, and is in no stack any more: ${line}`);
    if (outcome === 'declined') return print('Nothing was deployed.');
    if (outcome === 'planned') return;
    if (outcome === 'deployed') await print(`${style('green', 'deployed')} ${plan.stack}`);
    for (const [name, value] of Object.entries(outputs)) await print(`  ${name}: ${value}`);
  },
});

async function approval(confirm: ((question: string) => Promise<boolean>) | undefined): Promise<boolean> {
  if (confirm) return confirm('Deploy this?');
  throw new UsageError(
    'Nothing was deployed: there is no terminal to ask on. Give --yes to deploy the plan.',
  );
}
