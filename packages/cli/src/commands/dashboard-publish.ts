import { HeadwaterError } from '@headwater/core';
import type { PublishQuickSightStep, QuickSightPlan } from '@headwater/dashboard/quicksight';
import type { Answer } from '../answer/answer.ts';
import { type Call, defineCommand } from '../command-line/command.ts';
import { flag, repeated } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { awsOf, chosenConfig, tableOptions } from '../config/chosen-lake.ts';
import { metricsIn } from '../config/project-metrics.ts';
import type { Console } from '../output/console.ts';

const options = {
  allow: repeated('ID', 'Accept what the plan needs, by its id; may be repeated'),
  prune: flag('Delete assets that are no longer derived, and rights of those who are not in the config'),
  'dry-run': flag('Show the plan, and do nothing'),
  yes: flag('Publish without asking; required where nobody can be asked'),
  ...tableOptions,
};

/** How a publication ended: `unchanged` when there was nothing to do. */
type Outcome = 'unchanged' | 'planned' | 'declined' | 'published';

type PublishPart =
  | {
      readonly kind: 'plan';
      readonly plan: QuickSightPlan;
      readonly leftOut: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'step'; readonly step: PublishQuickSightStep };

interface PublishAnswer extends Answer {
  readonly data: QuickSightPlan & {
    readonly dashboard: string;
    readonly outcome: Outcome;
    /** Charts that could not be derived, with the reasons. */
    readonly leftOut: Readonly<Record<string, string>>;
  };
}

/** `headwater dashboard publish` */
export const dashboardPublish = defineCommand<typeof options, PublishAnswer, PublishPart>({
  name: 'dashboard publish',
  description:
    'Publishes the dashboard of a table on Amazon QuickSight, as `quicksight` in the config says: data source, data sets, who sees which rows, themes, analysis, dashboard and refresh ' +
    'schedules. The assets are checked before anything is sent, and the service has to accept every definition as a whole. Publishing again changes nothing; after a failure it does the rest. ' +
    'What others made, and what they changed, stays until it is allowed by its id. Nothing is deleted without --prune.',
  options,
  examples: [
    ['dashboard publish --dry-run', 'Only the plan'],
    ['dashboard publish --yes', 'Without asking'],
    [
      'dashboard publish --allow overwrite-drift:dashboard:headwater-shop-clickstream-dashboard',
      'Over what somebody changed by hand',
    ],
    ['dashboard publish --prune', 'And delete what is no longer derived'],
  ],
  run: publish,
  async printPart(part, console) {
    if (part.kind === 'step') {
      const { asset, doing, number, of } = part.step;
      const words =
        doing === 'waiting' ? `waiting for ${asset}` : doing === 'deleting' ? `deleting ${asset}` : asset;
      console.note(console.noteStyle('dim', `${number} of ${of}: ${words}`));
      return;
    }
    await printPlan(part.plan, console);
    for (const [chart, reason] of Object.entries(part.leftOut))
      console.note(`${chart} is left out: ${reason}`);
  },
  async print({ data: { outcome, dashboard, filling, needs } }, { print, style, note }) {
    for (const one of filling)
      note(`${one} is still being filled by QuickSight; the dashboard shows its rows then`);
    switch (outcome) {
      case 'unchanged':
        return print(style('dim', 'Everything is published already.'));
      case 'planned':
        return needs.length > 0
          ? print(`\nTo publish it, give ${needs.map((id) => `--allow ${id}`).join(' ')}`)
          : undefined;
      case 'declined':
        return print('Nothing was published.');
      case 'published':
        return print(`${style('green', 'published')} dashboard ${dashboard}`);
    }
  },
});

async function publish({
  options: given,
  signal,
  onPart,
  confirm,
}: Pick<
  Call<typeof options, PublishPart>,
  'options' | 'signal' | 'onPart' | 'confirm'
>): Promise<PublishAnswer> {
  const { config, table } = await chosenConfig(given);
  const { quicksight, file } = config;
  if (!quicksight)
    throw new HeadwaterError('CONFIG_INVALID', {
      file,
      problem:
        "`quicksight` is missing: who may change the dashboard. Add to defineConfig({ ... }): quicksight: { owners: ['arn:aws:quicksight:<region>:<account>:user/default/<name>'] }",
    });
  const aws = awsOf(config);
  // Charts and the client are loaded by this command alone.
  const { deriveQuickSight, planQuickSight, publishQuickSight } = await import(
    '@headwater/dashboard/quicksight'
  );
  const { assets, leftOut } = deriveQuickSight({
    table,
    metrics: metricsIn(config),
    aws,
    config: quicksight,
  });
  const settings = {
    region: quicksight.region ?? aws.region,
    allow: given.allow,
    prune: given.prune,
    signal,
  };
  const dashboard = assets.dashboard.DashboardId ?? '';
  const plan = await planQuickSight(assets, settings);
  await onPart?.({ kind: 'plan', plan, leftOut });
  const ended = (outcome: Outcome, done: QuickSightPlan = plan): PublishAnswer => ({
    data: { dashboard, outcome, leftOut, ...done },
    exitCode: outcome === 'declined' ? 1 : 0,
  });
  if (plan.isDone) return ended('unchanged');
  if (given['dry-run']) return ended('planned');
  const refused = plan.needs.filter((id) => !given.allow.includes(id));
  if (refused.length > 0) throw new HeadwaterError('CHANGES_NOT_ALLOWED', { table: dashboard, ids: refused });
  if (!given.yes && !(await approval(confirm))) return ended('declined');
  const done = await publishQuickSight(assets, {
    ...settings,
    onStep: (step) => void onPart?.({ kind: 'step', step }),
  });
  return ended('published', done);
}

async function approval(confirm: Call<typeof options, PublishPart>['confirm']): Promise<boolean> {
  if (confirm) return confirm('Publish this?');
  throw new UsageError(
    'Nothing was published: there is no terminal to ask on. Give --yes to publish the plan.',
  );
}

async function printPlan({ assets, stale }: QuickSightPlan, { print, style, note }: Console): Promise<void> {
  for (const { asset, action, differences, needs, notes } of assets) {
    if (action !== 'none')
      await print(
        `${style('bold', action)} ${asset}${differences.length > 0 ? `: ${differences.join(', ')}` : ''}`,
      );
    for (const id of needs) await print(style('dim', `  needs --allow ${id}`));
    for (const one of notes) note(`${asset}: ${one}; --prune revokes them`);
  }
  const kept = stale.filter(
    (one) => !assets.some(({ asset, action }) => asset === one && action === 'delete'),
  );
  for (const one of kept) note(`${one} is no longer derived; --prune deletes it`);
}
