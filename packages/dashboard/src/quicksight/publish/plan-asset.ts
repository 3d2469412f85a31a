import type { QuickSightClient } from '@aws-sdk/client-quicksight';
import { HeadwaterError } from '@headwater/core';
import { contentDigest, differences } from './asset-content.ts';
import { type ComparedPermissions, comparePermissions } from './permissions.ts';
import { assetWords, type LiveAsset, type PublishedAsset } from './published-asset.ts';
import { ownerTag, readTags, recordTag } from './tags.ts';

/** What publishing does with an asset. */
export type AssetAction =
  | 'none'
  | 'create'
  | 'update'
  /** Shows readers a version that a run before has written. */
  | 'show'
  | 'delete';

/** The plan for one asset. */
export interface AssetPlan {
  /** In words: `dashboard headwater-shop`. */
  readonly asset: string;
  readonly action: AssetAction;
  /** What differs, as paths of the API, or in words. */
  readonly differences: readonly string[];
  /** Ids that have to be allowed. */
  readonly needs: readonly string[];
  /** What is worth knowing, and stays as it is. */
  readonly notes: readonly string[];
}

/** A plan, with what its execution needs. */
export interface PlannedAsset {
  readonly plan: AssetPlan;
  readonly live: LiveAsset | undefined;
  /** The digest of what is derived. */
  readonly digest: string;
  readonly permissions: ComparedPermissions;
  /** The version to show. */
  readonly version?: number;
  /** Whether the tags have to be written. */
  readonly isUnrecorded: boolean;
}

/** How many paths are shown of many. */
const mostPaths = 5;

/**
 * Compares an asset with what is live. It is left as it is when the record of what was published is that of what is derived, and the
 * live asset has all of it.
 *
 * @param owner the dashboard for which it is published
 * @throws HeadwaterError `RESOURCE_FIXED` for a difference that no update removes
 */
export async function planAsset(
  client: QuickSightClient,
  asset: PublishedAsset,
  owner: string,
  prune: boolean,
): Promise<PlannedAsset> {
  const { kind, id, members, fixed } = asset;
  const digest = contentDigest(members);
  const words = assetWords(asset);
  const live = await asset.read();
  const plan = { asset: words, differences: [], needs: [], notes: [] };
  if (!live) {
    const permissions = { grants: [], revokes: [], others: [] };
    return { plan: { ...plan, action: 'create' }, live, digest, permissions, isUnrecorded: false };
  }
  const [tags, granted] = await Promise.all([readTags(client, live.arn), asset.readPermissions()]);
  const permissions = comparePermissions(asset.permissions, granted, prune);
  const found = differences(members, live.members);
  const stuck = found.filter((path) => fixed.includes(path.split(/[.[]/)[0] ?? ''));
  if (stuck.length > 0) throw new HeadwaterError('RESOURCE_FIXED', { resource: words, fields: stuck });
  const isOurs = tags[ownerTag] === owner;
  const isRecorded = tags[recordTag] === digest || live.description === digest;
  const isFailed = live.state.status.endsWith('_FAILED');
  const isSame = isRecorded && found.length === 0 && !isFailed;
  const unseen = isSame ? undefined : await asset.unseen?.();
  const isWritten =
    unseen !== undefined && unseen.description === digest && (await isDone(asset, live.arn, unseen.version));
  const changes = [
    ...shown(found),
    ...(isFailed ? [`state ${live.state.status}`] : []),
    ...(isRecorded || found.length > 0 ? [] : ['the definition']),
    ...permissions.grants.map(({ Principal }) => `rights of ${Principal}`),
    ...permissions.revokes.map(({ Principal }) => `rights of ${Principal}, fewer`),
  ];
  const isUnrecorded = tags[recordTag] !== digest || !isOurs;
  const hasRights = permissions.grants.length + permissions.revokes.length > 0;
  const action = isWritten ? 'show' : !isSame || hasRights || !isOurs ? 'update' : 'none';
  const isDrift = isOurs && isRecorded && found.length > 0 && !isWritten;
  return {
    plan: {
      ...plan,
      action,
      differences: action === 'none' ? [] : isOurs ? changes : [...changes, `tag ${ownerTag}`],
      needs: [
        ...(isOurs ? [] : [`adopt:${kind.replace(' ', '-')}:${id}`]),
        ...(isDrift ? [`overwrite-drift:${kind.replace(' ', '-')}:${id}`] : []),
      ],
      notes: prune
        ? []
        : permissions.others.map((one) => `${one} has rights on it, and is not in the config`),
    },
    live,
    digest,
    permissions,
    ...(isWritten && unseen ? { version: unseen.version } : {}),
    isUnrecorded,
  };
}

const isDone = async (asset: PublishedAsset, arn: string, version: number): Promise<boolean> =>
  (await asset.state({ arn, version })).status.endsWith('_SUCCESSFUL');

const shown = (paths: readonly string[]): string[] =>
  paths.length <= mostPaths ? [...paths] : [...paths.slice(0, mostPaths), `${paths.length - mostPaths} more`];
