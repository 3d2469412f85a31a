import type { AthenaClient } from '@aws-sdk/client-athena';
import type { DataBrewClient } from '@aws-sdk/client-databrew';
import type { FirehoseClient } from '@aws-sdk/client-firehose';
import type { GlueClient } from '@aws-sdk/client-glue';
import {
  type AwsTarget,
  assessSchemas,
  type CompatibilityMode,
  HeadwaterError,
  isHeadwaterError,
  type SchemaDiff,
  type TableSchema,
  type UnprojectedDays,
} from '@headwater/core';
import {
  layerTable,
  projectedPartitions,
  readLakeState,
  type SchemaSnapshot,
  unprojectedDays,
} from '@headwater/core/internal';
import { openLakeStore, type S3StoreOptions } from '@headwater/storage';
import { awsProblem } from '../aws/aws-problem.ts';
import { withAthena, withDataBrew, withFirehose, withGlue } from '../aws/with-client.ts';
import { assertKnownIds } from '../compare/assert-known-ids.ts';
import { nextSnapshot } from '../snapshots/next-snapshot.ts';
import { readSnapshots } from '../snapshots/snapshot-folder.ts';
import { assertAllowed } from '../steps/assert-allowed.ts';
import type { PublishStep, StepPlan } from '../steps/publish-step.ts';
import { type PublishStepsOptions, publishSteps } from '../steps/publish-steps.ts';
import { assertBucketRegions, bucketElsewhere } from './assert-bucket-regions.ts';
import { liveSnapshot } from './live-snapshot.ts';
import { planDigest } from './plan-digest.ts';

/** The definition to publish, and where. */
export interface PublishOptions {
  readonly schema: TableSchema;
  readonly target: AwsTarget;
  /** The folder of snapshots, `schema`, committed with the code. */
  readonly folder: string;
  /** The compatibility mode of the schema in the Schema Registry. Defaults to `BACKWARD`. */
  readonly mode?: CompatibilityMode | undefined;
  /** The changes since the last version, as `compareSchema` assesses them. Defaults to the verdicts of the definitions alone. */
  readonly diff?: SchemaDiff | undefined;
  /** Ids of breaking or irreversible changes, and of other needs of the plan, that are allowed. */
  readonly allow?: readonly string[] | undefined;
  /** Also allow what was allowed when the versions that are not live yet were saved. Defaults to false. */
  readonly allowSaved?: boolean | undefined;
  /**
   * Change what exists, and leave what is missing to a stack that is deployed next. CloudFormation imports no table of Glue, so a stack can
   * have a table only if it creates it. Defaults to false.
   */
  readonly leavesMissing?: boolean | undefined;
  /** The digest of the plan that was reviewed, as `planDigest` gives it: another plan is refused. Defaults to any plan. */
  readonly reviewed?: string | undefined;
  /** Defaults to a client of the target's region. */
  readonly client?: GlueClient | undefined;
  /** The client for the workgroup. Defaults to one of the target's region. */
  readonly athena?: AthenaClient | undefined;
  /** The client for what DataBrew keeps. Defaults to one of the target's region. */
  readonly databrew?: DataBrewClient | undefined;
  /** The client for delivery streams. Defaults to one of the target's region. */
  readonly firehose?: FirehoseClient | undefined;
  /** The client that looks up the region of the lake's bucket. Defaults to one of the target's region. */
  readonly s3?: S3StoreOptions['client'];
  /** Maximum bytes of a query: the cutoff of the workgroup. Defaults to no limit. */
  readonly maxScan?: number | undefined;
  /** Called before each step. An error that it throws stops the publication. */
  readonly beforeStep?: ((step: string) => void | Promise<void>) | undefined;
  /** Stops the publication: with `PUBLISH_INCOMPLETE` after the first step. */
  readonly signal?: AbortSignal | undefined;
}

/** The plan of a publication. */
export interface PublishPlan {
  readonly table: string;
  readonly diff: SchemaDiff;
  /** The version to publish. */
  readonly snapshot: SchemaSnapshot;
  readonly steps: readonly StepPlan[];
  /** Ids that must be allowed. */
  readonly needs: readonly string[];
  /**
   * Set when the lake at the target's location has rows on days that the published projection omits. Null also when the
   * lake cannot be read from here: publishing needs no access to it.
   */
  readonly unprojected: UnprojectedDays | null;
  /** Partitions that Athena computes for the table, and lists for a query without a range, whether they hold files or not. */
  readonly projectedPartitions: number;
  /** Whether there is nothing to do. */
  readonly isDone: boolean;
}

/**
 * Plans a publication, by comparing with what is live. Changes nothing.
 *
 * @throws HeadwaterError `AWS_CONFIG_INVALID` when the lake's bucket is in another region than the tables, `PUBLISH_CONFLICT` when
 *   somebody published a version that the folder of snapshots lacks, `PUBLISH_INCOMPLETE` when AWS cannot be read, `OPTION_INVALID` for an id of `allow` that names nothing, `SNAPSHOT_INVALID`
 */
export async function planPublish(options: PublishOptions): Promise<PublishPlan> {
  return withSteps(options, ({ plan }) => plan);
}

/**
 * Publishes a definition: plans first, then takes the steps one after another. Resumable: after a failure, publishing again
 * takes the remaining steps.
 *
 * @returns the plan that was carried out
 * @throws HeadwaterError `AWS_CONFIG_INVALID`, `CHANGES_NOT_ALLOWED`, `PLAN_CHANGED`, `PUBLISH_CONFLICT`, `PUBLISH_INCOMPLETE`,
 *   `SCHEMA_REGISTRY_REFUSED`
 */
export async function publishSchema(options: PublishOptions): Promise<PublishPlan> {
  return withSteps(options, async ({ plan, steps, saved }) => {
    const allowed = new Set([...(options.allow ?? []), ...saved]);
    assertAllowed(plan.table, plan.needs, allowed);
    assertReviewed(plan, options.reviewed);
    const names = steps.map(({ name }) => name);
    for (const [index, step] of steps.entries()) {
      try {
        options.signal?.throwIfAborted();
        await options.beforeStep?.(step.name);
        await step.apply(allowed);
      } catch (error) {
        throw incomplete(error, plan.table, names.slice(0, index), step.name, names.slice(index + 1));
      }
    }
    return plan;
  });
}

function assertReviewed(plan: PublishPlan, reviewed: string | undefined): void {
  const digest = planDigest([plan]);
  if (reviewed === undefined || plan.isDone || digest === reviewed) return;
  throw new HeadwaterError('PLAN_CHANGED', { what: plan.table, reviewed: [reviewed], plan: digest });
}

interface Prepared {
  readonly plan: PublishPlan;
  readonly steps: readonly PublishStep[];
  /** Ids that were allowed when the versions to publish were saved. */
  readonly saved: readonly string[];
}

function withSteps<Result>(
  options: PublishOptions,
  use: (prepared: Prepared) => Result | Promise<Result>,
): Promise<Result> {
  const { region, dataBrew, stream } = options.target;
  return withGlue(options.client, region, (client) =>
    withAthena(options.athena, region, async (athena) => {
      const run = async (databrew?: DataBrewClient, firehose?: FirehoseClient): Promise<Result> =>
        use(await prepare(options, { client, athena, databrew, firehose }));
      // A client is not loaded for a config that asks for nothing of its service.
      const andFirehose = (databrew?: DataBrewClient): Promise<Result> =>
        stream?.deliveryStream === undefined
          ? run(databrew)
          : withFirehose(options.firehose, region, (firehose) => run(databrew, firehose));
      return dataBrew ? withDataBrew(options.databrew, region, andFirehose) : andFirehose();
    }),
  );
}

async function prepare(
  options: PublishOptions,
  clients: Pick<PublishStepsOptions, 'client' | 'athena' | 'databrew' | 'firehose'>,
): Promise<Prepared> {
  const { schema, target, folder, mode = 'BACKWARD', maxScan, leavesMissing = false, signal } = options;
  const reading = <Result>(what: string, read: () => Promise<Result>): Promise<Result> =>
    read().catch((error: unknown) => {
      throw incomplete(error, schema.name, [], `reading ${what}`, []);
    });
  const { allow = [] } = options;
  await assertBucketRegions(target, allow, options.s3);
  const history = await readSnapshots(folder, schema.name);
  const latest = history.at(-1);
  const diff = options.diff ?? assessSchemas(latest, schema, mode);
  const snapshot = nextSnapshot(schema, diff, latest, options.allow);
  // Versions that were saved and never published are changes to whoever reads the live one.
  const live = await reading('the live version', () =>
    liveSnapshot(clients.client, target.database, schema.name, history),
  );
  const pending = live && live !== latest ? assessSchemas(live, schema, mode) : diff;
  const keepsToMode = pending.registry[mode];
  const every = publishSteps({
    ...clients,
    target,
    folder,
    snapshot,
    history,
    mode,
    keepsToMode,
    comparedWith: (live ?? latest)?.schema,
    maxScan,
    signal,
  });
  const steps: PublishStep[] = [];
  const plans: StepPlan[] = [];
  for (const step of every) {
    const plan = await reading(step.name, () => step.plan());
    if (leavesMissing && plan.action === 'create' && !step.isLocal) continue;
    steps.push(step);
    plans.push(plan);
  }
  const changes = [...diff.changes, ...pending.changes];
  const changed = changes.filter(({ needsAllow }) => needsAllow).map(({ id }) => id);
  const saved = options.allowSaved
    ? history.filter(({ number }) => number > (live?.number ?? 0)).flatMap((one) => one.allowed ?? [])
    : [];
  const ofChanges = allow.filter((id) => id !== bucketElsewhere);
  assertKnownIds(ofChanges, history, diff, [
    ...pending.changes.map(({ id }) => id),
    ...every.flatMap(({ ids = [] }) => ids),
  ]);
  return {
    steps,
    saved,
    plan: {
      table: schema.name,
      diff,
      snapshot,
      steps: plans,
      unprojected: await unprojectedIn(target, schema.name),
      projectedPartitions: projectedPartitions(layerTable(schema, target, {})),
      needs: [...new Set([...changed, ...plans.flatMap(({ needs }) => needs)])].filter(
        (id) => !saved.includes(id),
      ),
      isDone: plans.every(({ action }) => action === 'none'),
    },
  };
}

async function unprojectedIn(target: AwsTarget, table: string): Promise<UnprojectedDays | null> {
  try {
    const { files } = await readLakeState(openLakeStore(target.location, { aws: target }), table);
    return unprojectedDays(files, target);
  } catch {
    return null;
  }
}

function incomplete(
  error: unknown,
  table: string,
  done: readonly string[],
  failed: string,
  left: readonly string[],
): unknown {
  // A publisher that lost a race has nothing to finish.
  if (isHeadwaterError(error, 'PUBLISH_CONFLICT')) return error;
  if (isHeadwaterError(error) && done.length === 0) return error;
  const problem = awsProblem(error);
  return new HeadwaterError('PUBLISH_INCOMPLETE', { table, done, failed, left, problem }, { cause: error });
}
