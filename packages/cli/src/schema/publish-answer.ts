import { relative } from 'node:path';
import { HeadwaterError, type TableSchema } from '@headwater/core';
import { byteSize, snapshotPath } from '@headwater/core/internal';
import {
  assertAllowed,
  type PublishOutcome,
  type PublishReview,
  planDigest,
  publishSchema,
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

/** What a publication gives before it ends: the plan of each table, then each step as it begins. */
export type PublishPart =
  | ({ readonly kind: 'plan' } & PublishReview<MetricImpact>)
  | { readonly kind: 'step'; readonly step: string };

/** What was published of one table, or why nothing was. */
export interface Publication extends PublishReview<MetricImpact> {
  readonly outcome: PublishOutcome;
  /** The snapshot's file, from the working folder. */
  readonly file: string;
  /** Ids that must be allowed, and were not. */
  readonly notAllowed: readonly string[];
}

/** What was published, table by table. */
export interface PublishAnswer extends Answer {
  readonly publications: readonly Publication[];
  /** The digest of all plans. */
  readonly digest: string;
  readonly outcome: PublishOutcome;
}

type PublishCall = Pick<
  Call<typeof publishOptions, PublishPart>,
  'options' | 'signal' | 'onPart' | 'confirm'
>;

/** What else a publication takes. */
interface PublishSettings {
  /** Whether the project's code imports the schemas. */
  readonly isWorking: boolean;
  /** Accept what was accepted when the versions were saved. Defaults to false. */
  readonly allowSaved?: boolean;
  /** Leave what is missing to the stack. Defaults to false. */
  readonly leavesMissing?: boolean;
  /** The digests of the plans that were reviewed: another plan is refused. Defaults to any plan. */
  readonly reviewed?: readonly string[] | undefined;
  /** Called with all plans, before anything is asked or written. */
  readonly onPlans?: (reviews: readonly PublishReview<MetricImpact>[], digest: string) => Promise<void>;
}

/**
 * Compares definitions with the published ones, plans, asks where somebody can answer, and publishes one table after another.
 *
 * @throws UsageError when nobody can be asked and `--yes` is missing
 * @throws HeadwaterError `PLAN_CHANGED`, and what `publishSchema` throws
 */
export async function publishAnswer(
  { options, signal, onPart, confirm }: PublishCall,
  config: LoadedConfig,
  schemas: readonly TableSchema[],
  { isWorking, allowSaved = false, leavesMissing = false, reviewed, onPlans }: PublishSettings,
): Promise<PublishAnswer> {
  const settings = projectSettings(config);
  const common = {
    ...settings,
    target: awsOf(config),
    maxScan: config.maxScan === undefined ? undefined : byteSize('maxScan', config.maxScan),
    allowSaved,
    leavesMissing,
    signal,
  };
  const { allow } = options;
  const reviews: (PublishReview<MetricImpact> & { readonly schema: TableSchema })[] = [];
  for (const schema of schemas) {
    const { comparison, plan } = await reviewAndPublish({
      ...common,
      schema,
      isWorking,
      allow,
      dryRun: true,
    });
    await onPart?.({ kind: 'plan', comparison, plan });
    reviews.push({ comparison, plan, schema });
  }
  const digest = planDigest(reviews.map(({ plan }) => plan));
  await onPlans?.(reviews, digest);
  const open = reviews.filter(({ plan }) => !plan.isDone);
  const answered = (outcome: PublishOutcome): PublishAnswer => {
    const publications = reviews.map(({ schema, ...review }) => ({
      ...review,
      outcome: review.plan.isDone ? ('unchanged' as const) : outcome,
      file: relative(
        process.cwd(),
        `${settings.folder}/${snapshotPath(schema.name, review.plan.snapshot.number)}`,
      ),
      notAllowed: review.plan.needs.filter((id) => !allow.includes(id)),
    }));
    const data = publications.map(publicationData);
    return {
      data: data.length === 1 ? { ...data[0], digest } : { tables: data, digest },
      exitCode: outcome === 'declined' ? 1 : 0,
      publications,
      digest,
      outcome: open.length === 0 ? 'unchanged' : outcome,
    };
  };
  if (open.length === 0) return answered('unchanged');
  if (options['dry-run']) return answered('planned');
  const named = open.map(({ plan }) => plan.table).join(', ');
  if (reviewed && !reviewed.includes(digest))
    throw new HeadwaterError('PLAN_CHANGED', { what: named, reviewed, plan: digest });
  // Of every table, before the first one is published.
  for (const { plan } of open) assertAllowed(plan.table, plan.needs, new Set(allow));
  if (!options.yes && !(await approval(confirm))) return answered('declined');
  for (const { schema, comparison, plan } of open) {
    await publishSchema({
      ...common,
      schema,
      allow,
      diff: comparison.diff,
      ...(reviewed ? { reviewed: planDigest([plan]) } : {}),
      beforeStep: (step) => onPart?.({ kind: 'step', step }),
    });
  }
  return answered('published');
}

const publicationData = ({ comparison, plan, outcome }: Publication) => ({
  ...comparisonData(comparison),
  number: plan.snapshot.number,
  steps: plan.steps,
  needs: plan.needs,
  unprojected: plan.unprojected,
  published: outcome === 'published',
});

async function approval(confirm: PublishCall['confirm']): Promise<boolean> {
  if (confirm) return confirm('Publish this?');
  throw new UsageError(
    'Nothing was published: there is no terminal to ask on. Give --yes to publish the plan.',
  );
}
