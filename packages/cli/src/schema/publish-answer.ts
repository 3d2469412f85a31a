import { relative } from 'node:path';
import type { TableSchema } from '@headwater/core';
import { byteSize, snapshotPath } from '@headwater/core/internal';
import {
  type PublishOutcome,
  type PublishPlan,
  type PublishReview,
  reviewAndPublish,
} from '@headwater/publish';
import type { MetricImpact } from '@headwater/queries';
import type { Answer } from '../answer/answer.ts';
import type { Call } from '../command-line/command.ts';
import { flag, repeated } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { awsOf, tableOptions } from '../config/chosen-lake.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import { comparisonData, projectSettings } from './project.ts';

/** Options of the commands that publish. */
export const publishOptions = {
  allow: repeated('ID', 'Accept a breaking or irreversible change of the plan, by its id; may be repeated'),
  'dry-run': flag('Show the plan, and do nothing'),
  yes: flag('Publish without asking; required where nobody can be asked'),
  ...tableOptions,
};

/** What a publication gives before it ends: its plan, then each step as it begins. */
export type PublishPart =
  | ({ readonly kind: 'plan' } & PublishReview<MetricImpact>)
  | { readonly kind: 'step'; readonly step: string };

/** What was published, or why nothing was. */
export interface PublishAnswer extends Answer {
  readonly plan: PublishPlan;
  readonly outcome: PublishOutcome;
  /** The snapshot's file, from the working folder. */
  readonly file: string;
  /** Ids that must be allowed, and were not. */
  readonly notAllowed: readonly string[];
}

type PublishCall = Pick<
  Call<typeof publishOptions, PublishPart>,
  'options' | 'signal' | 'onPart' | 'confirm'
>;

/**
 * Compares a definition with the published one, plans, asks where somebody can answer, and publishes.
 *
 * @param isWorking whether the project's code imports the schema
 * @throws UsageError when nobody can be asked and `--yes` is missing
 */
export async function publishAnswer(
  { options, signal, onPart, confirm }: PublishCall,
  config: LoadedConfig,
  schema: TableSchema,
  isWorking: boolean,
): Promise<PublishAnswer> {
  const { allow, 'dry-run': dryRun, yes } = options;
  const settings = projectSettings(config);
  const { comparison, plan, outcome } = await reviewAndPublish({
    ...settings,
    schema,
    isWorking,
    target: awsOf(config),
    allow,
    maxScan: config.maxScan === undefined ? undefined : byteSize('maxScan', config.maxScan),
    dryRun,
    onPlan: (review) => onPart?.({ kind: 'plan', ...review }),
    ...(yes ? {} : { approve: () => approval(confirm) }),
    beforeStep: (step) => onPart?.({ kind: 'step', step }),
    signal,
  });
  const { steps, needs, unprojected, snapshot } = plan;
  return {
    data: {
      ...comparisonData(comparison),
      number: snapshot.number,
      steps,
      needs,
      unprojected,
      published: outcome === 'published',
    },
    exitCode: outcome === 'declined' ? 1 : 0,
    plan,
    outcome,
    file: relative(process.cwd(), `${settings.folder}/${snapshotPath(schema.name, snapshot.number)}`),
    notAllowed: needs.filter((id) => !allow.includes(id)),
  };
}

async function approval(confirm: PublishCall['confirm']): Promise<boolean> {
  if (confirm) return confirm('Publish this?');
  throw new UsageError(
    'Nothing was published: there is no terminal to ask on. Give --yes to publish the plan.',
  );
}
