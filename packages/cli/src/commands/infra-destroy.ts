import type { DestroyPlan, DestroyReport } from '@headwater/infra/deploy';
import type { Answer } from '../answer/answer.ts';
import { defineCommand } from '../command-line/command.ts';
import { text } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { configOption } from '../config/chosen-lake.ts';
import { loadConfig } from '../config/load-config.ts';
import { platformConfig } from '../infra/infra-config.ts';
import { printDestroyPlan } from '../infra/print-destroy-plan.ts';
import { ownCommand } from '../output/own-command.ts';

const options = {
  confirm: text('STACK', 'The name of the stack, to delete what was shown'),
  token: text('TOKEN', 'The token that was shown with it'),
  ...configOption,
};

type DestroyPart =
  | { readonly kind: 'plan'; readonly plan: DestroyPlan }
  | { readonly kind: 'done'; readonly line: string };

interface DestroyAnswer extends Answer {
  readonly report: DestroyReport;
}

/** `headwater infra destroy` */
export const infraDestroy = defineCommand<typeof options, DestroyAnswer, DestroyPart>({
  name: 'infra destroy',
  description:
    'Deletes the stack, in two steps. The first shows what would be deleted, what stays and how much is in it, and a token; it changes nothing. ' +
    'The second takes the name of the stack and that token. Buckets, tables and streams with data stay.',
  options,
  examples: [
    ['infra destroy', 'What would go, what stays, and the token'],
    ['infra destroy --confirm headwater-shop --token 5f0c2a91', 'Delete what was shown'],
  ],
  async run({ options: given, onPart, onProgress, signal }) {
    const config = platformConfig(await loadConfig(given.config));
    const { destroyStack, stackPlace } = await import('@headwater/infra/deploy');
    const place = stackPlace(config);
    const token = confirmedToken(given, place.stack);
    const report = await destroyStack(place, {
      token,
      onPlan: (plan) => onPart?.({ kind: 'plan', plan }),
      onStep({ doing, isComplete, done, total }) {
        if (isComplete) void onPart?.({ kind: 'done', line: doing });
        onProgress?.({ doing, fraction: total ? Math.min(1, done / total) : 0 });
      },
      signal,
    });
    return { data: { ...report.plan, isDeleted: report.isDeleted }, report };
  },
  async printPart(part, console) {
    if (part.kind === 'plan') await printDestroyPlan(console, part.plan);
    else console.note(console.noteStyle('dim', `${part.line}: done`));
  },
  async print({ report: { isDeleted, plan } }, { print, style }) {
    const command = ownCommand(process.env, import.meta.filename);
    if (!isDeleted)
      return print(
        `\nNothing was deleted. To delete it:\n  ${command} infra destroy --confirm ${plan.stack} --token ${plan.token}`,
      );
    await print(`${style('green', 'deleted')} ${plan.stack}`);
    for (const { what } of plan.keeps) await print(`  stays: ${what}`);
  },
});

/**
 * The token of a confirmation.
 *
 * @throws UsageError for half of one, or one for another stack
 */
function confirmedToken(
  { confirm, token }: { readonly confirm: string | undefined; readonly token: string | undefined },
  stack: string,
): string | undefined {
  if (confirm === undefined && token === undefined) return undefined;
  if (confirm !== undefined && confirm !== stack)
    throw new UsageError(`--confirm ${confirm}: nothing was deleted. The stack of this config is ${stack}.`);
  if (confirm === undefined || token === undefined)
    throw new UsageError(
      'Nothing was deleted: --confirm and --token go together.',
      'headwater infra destroy shows what would be deleted, and both of them.',
    );
  return token;
}
