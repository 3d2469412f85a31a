import { compareSchema, type MetricImpacts, type SchemaComparison } from '../compare/compare-schema.ts';
import type { QueryFiles } from '../compare/type-check-queries.ts';
import { readSnapshots } from '../snapshots/snapshot-folder.ts';
import { assertAllowed } from '../steps/assert-allowed.ts';
import { type PublishOptions, type PublishPlan, planPublish, publishSchema } from './publish-schema.ts';

/** What is compared, planned, reviewed and published. */
export interface ReviewOptions<Impact> extends Omit<PublishOptions, 'diff'> {
  /** The query files of the project. */
  readonly queries?: QueryFiles | undefined;
  /** Whether the project's code imports the schema. Defaults to true. */
  readonly isWorking?: boolean | undefined;
  readonly metricImpacts?: MetricImpacts<Impact> | undefined;
  /** Stop after the plan. */
  readonly dryRun?: boolean | undefined;
  /** Called with the plan, before anything is written. */
  readonly onPlan?: ((review: PublishReview<Impact>) => void | Promise<void>) | undefined;
  /** Approves the plan. Publishes without approval when omitted. What it throws stops the publication. */
  readonly approve?: (() => Promise<boolean>) | undefined;
}

/** A comparison and the plan that follows from it. */
export interface PublishReview<Impact> {
  readonly comparison: SchemaComparison<Impact>;
  readonly plan: PublishPlan;
}

/** How a publication ended: `unchanged` when there was nothing to do. */
export type PublishOutcome = 'unchanged' | 'planned' | 'declined' | 'published';

/**
 * Compares a definition with the version published last, plans, asks for approval, and publishes.
 *
 * @throws HeadwaterError `AWS_CONFIG_INVALID`, `CHANGES_NOT_ALLOWED`, `PUBLISH_CONFLICT`, `PUBLISH_INCOMPLETE`, `SCHEMA_REGISTRY_REFUSED`,
 *   `SNAPSHOT_INVALID`
 */
export async function reviewAndPublish<Impact = never>(
  options: ReviewOptions<Impact>,
): Promise<PublishReview<Impact> & { readonly outcome: PublishOutcome }> {
  const { schema, mode, queries, isWorking, metricImpacts, signal } = options;
  const before = (await readSnapshots(options.folder, schema.name)).at(-1);
  const comparison = await compareSchema({
    before,
    now: schema,
    mode,
    queries,
    isWorking,
    metricImpacts,
    signal,
  });
  const publish = { ...options, diff: comparison.diff };
  const review = { comparison, plan: await planPublish(publish) };
  await options.onPlan?.(review);
  if (review.plan.isDone) return { ...review, outcome: 'unchanged' };
  if (options.dryRun) return { ...review, outcome: 'planned' };
  assertAllowed(review.plan.table, review.plan.needs, new Set(options.allow ?? []));
  if (options.approve && !(await options.approve())) return { ...review, outcome: 'declined' };
  await publishSchema(publish);
  return { ...review, outcome: 'published' };
}
