import type { DataPlan, DeployStep, DestroyPlan } from '@headwater/infra/deploy';
import type { Answer } from '../answer/answer.ts';
import { defineCommand } from '../command-line/command.ts';
import { flag, text } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { awsOf, configOption } from '../config/chosen-lake.ts';
import { loadConfig } from '../config/load-config.ts';
import { platformConfig } from '../infra/infra-config.ts';
import { printDataPlan, printDestroyPlan } from '../infra/print-destroy-plan.ts';
import { counted } from '../output/figures.ts';
import { ownCommand } from '../output/own-command.ts';

const options = {
  confirm: text('STACK', 'The name of the stack, to delete what was shown'),
  token: text('TOKEN', 'The token that was shown with it'),
  'delete-data': flag('Once the stack is gone: delete the buckets, tables and streams that stayed, for good'),
  ...configOption,
};

type DestroyPart =
  | { readonly kind: 'plan'; readonly plan: DestroyPlan }
  | { readonly kind: 'data'; readonly plan: DataPlan }
  | { readonly kind: 'done'; readonly line: string };

interface DestroyAnswer extends Answer {
  readonly isDeleted: boolean;
  readonly plan: DestroyPlan | DataPlan;
}

/** `headwater infra destroy` */
export const infraDestroy = defineCommand<typeof options, DestroyAnswer, DestroyPart>({
  name: 'infra destroy',
  description:
    'Deletes the stack, in two steps. The first shows what would be deleted, what stays and how much is in it, and a token; it changes nothing. ' +
    'The second takes the name of the stack and that token. Buckets, tables and streams with data stay. --delete-data, once the stack is gone, ' +
    'deletes them in the same two steps: it lists each with what is in it, and spares what has no tag or mark of the platform, and a database or registry in which others keep something.',
  options,
  examples: [
    ['infra destroy', 'What would go, what stays, and the token'],
    ['infra destroy --confirm headwater-shop --token 5f0c2a91', 'Delete what was shown'],
    ['infra destroy --delete-data', 'What is left of a deleted stack, and the token to delete that'],
  ],
  async run({ options: given, onPart, onProgress, signal }) {
    const loaded = await loadConfig(given.config);
    const config = platformConfig(loaded);
    const { deleteData, destroyStack, stackPlace, withPlatform } = await import('@headwater/infra/deploy');
    const place = stackPlace(config);
    const token = confirmedToken(given, place.stack);
    const onStep = ({ doing, isComplete, done, total }: DeployStep): void => {
      if (isComplete) void onPart?.({ kind: 'done', line: doing });
      onProgress?.({ doing, fraction: total ? Math.min(1, done / total) : 0 });
    };
    const { isDeleted, plan } = given['delete-data']
      ? await withPlatform(config, (synthesized) =>
          deleteData(synthesized, awsOf(loaded).database, {
            token,
            onPlan: (shown) => onPart?.({ kind: 'data', plan: shown }),
            onStep,
            signal,
          }),
        )
      : await destroyStack(place, {
          token,
          onPlan: (shown) => onPart?.({ kind: 'plan', plan: shown }),
          onStep,
          signal,
        });
    return { data: { ...plan, isDeleted }, isDeleted, plan };
  },
  async printPart(part, console) {
    if (part.kind === 'plan') await printDestroyPlan(console, part.plan);
    else if (part.kind === 'data') await printDataPlan(console, part.plan);
    else console.note(console.noteStyle('dim', `${part.line}: done`));
  },
  async print({ isDeleted, plan }, { print, style }) {
    const own = `${ownCommand(process.env, import.meta.filename)} infra destroy`;
    const isData = !('keeps' in plan);
    if (!isDeleted) {
      if (isData && plan.deletes.length === 0) return;
      const command = `${own}${isData ? ' --delete-data' : ''} --confirm ${plan.stack} --token ${plan.token}`;
      return print(`\nNothing was deleted. To delete it${isData ? ' for good' : ''}:\n  ${command}`);
    }
    await print(`${style('green', 'deleted')} ${isData ? `the data of ${plan.stack}` : plan.stack}`);
    if (!isData && plan.keeps.length > 0)
      await print(
        `${counted(plan.keeps.length, 'resource')} with data stayed: ${own} --delete-data shows them.`,
      );
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
