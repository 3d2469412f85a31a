import type { QuickSightClient } from '@aws-sdk/client-quicksight';
import { HeadwaterError } from '@headwater/core';
import { type Pace, pause } from '@headwater/storage';
import { type AssetPlan, type PlannedAsset, planAsset } from './plan-asset.ts';
import type { PublishedAsset, WrittenAsset } from './published-asset.ts';
import { errorName } from './quicksight-calls.ts';
import { ownerTag, recordTag, writeTags } from './tags.ts';
import { waitUntilWritten } from './wait-until-written.ts';

/** Maximum attempts to write what others write at the same time, or what the service is still at. */
const mostAttempts = 10;
/** What the service answers then. */
const races: ReadonlySet<string> = new Set(['ConflictException', 'ResourceExistsException']);

/** How an asset is written. */
export interface WriteOptions {
  /** The dashboard for which it is published. */
  readonly owner: string;
  readonly prune: boolean;
  readonly allowed: ReadonlySet<string>;
  readonly pace: Pace;
  readonly signal?: AbortSignal | undefined;
  /** Called when the service begins to work on what was written. */
  readonly onWait?: ((asset: PublishedAsset) => void) | undefined;
}

/** What was done with an asset. */
export interface WrittenPlan {
  readonly plan: AssetPlan;
  /** Whether a data set is still being filled. */
  readonly isFilling: boolean;
}

/**
 * Makes an asset what it should be: compares, writes, waits for the service, shows the version to readers, and records what was
 * published. Each step is found done by a run after one that stopped.
 *
 * @throws HeadwaterError `CHANGES_NOT_ALLOWED`, `DASHBOARD_REFUSED`, `RESOURCE_FIXED`
 */
export async function writeAsset(
  client: QuickSightClient,
  asset: PublishedAsset,
  options: WriteOptions,
): Promise<WrittenPlan> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await writeOnce(client, asset, options);
    } catch (error) {
      if (!races.has(errorName(error)) || tried >= mostAttempts) throw error;
      await pause(options.pace, tried, options.signal);
    }
  }
}

async function writeOnce(
  client: QuickSightClient,
  asset: PublishedAsset,
  { owner, prune, allowed, pace, signal, onWait }: WriteOptions,
): Promise<WrittenPlan> {
  const planned = await planAsset(client, asset, owner, prune);
  const { plan, digest, live, isUnrecorded } = planned;
  const refused = plan.needs.filter((id) => !allowed.has(id));
  if (refused.length > 0)
    throw new HeadwaterError('CHANGES_NOT_ALLOWED', { table: plan.asset, ids: refused });
  const tags = { [ownerTag]: owner, [recordTag]: digest };
  let written: WrittenAsset | undefined;
  if (plan.action === 'create') written = await asset.create(tags, digest);
  else if (plan.action === 'update' && needsContent(planned)) written = await asset.update(digest);
  let isFilled = true;
  if (written) {
    onWait?.(asset);
    isFilled = await waitUntilWritten(asset, written, pace, signal);
  }
  const version = planned.version ?? written?.version;
  if (version !== undefined) await asset.show?.(version);
  const { grants, revokes } = planned.permissions;
  if (grants.length + revokes.length > 0) await asset.changePermissions({ grants, revokes });
  // Last: after a failure in between, the next run finds that something is left to do.
  const arn = written?.arn ?? live?.arn ?? '';
  if (plan.action !== 'create' && isUnrecorded) await writeTags(client, arn, tags);
  return { plan, isFilling: !isFilled };
}

/** Whether an update has more to do than rights and tags. */
const needsContent = ({ plan }: PlannedAsset): boolean =>
  plan.differences.some((one) => !one.startsWith('rights of ') && !one.startsWith('tag '));
