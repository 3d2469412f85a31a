import { HeadwaterError } from '@headwater/core';
import { whileOthersWrite } from '../../aws/glue-retry.ts';
import { assertAllowed } from '../assert-allowed.ts';
import type { PublishStep, StepPlan } from '../publish-step.ts';
import {
  changedFields,
  contentRecord,
  fieldDifferences,
  type Members,
  type ResourceField,
} from './resource-content.ts';

/** Tags of a resource. */
export type Tags = Readonly<Record<string, string>>;

/** A resource as it is live. */
export interface LiveResource {
  readonly members: Members;
  readonly tags: Tags;
}

/** A resource that publishing keeps beside the tables, as it should be, and the calls that keep it. */
export interface PublishedResource {
  /** One word, for ids: `databrew-recipe`. */
  readonly kind: string;
  /** In words, for the plan: `DataBrew recipe`. */
  readonly words: string;
  readonly name: string;
  readonly members: Members;
  readonly tags: Tags;
  readonly fields: readonly ResourceField[];
  read(): Promise<LiveResource | undefined>;
  /** @param tags those to create it with */
  create(tags: Tags): Promise<void>;
  /**
   * Writes the fields that differ. Called after `create` as well, with those that are still missing.
   * @param changed the members that differ
   */
  update(changed: ReadonlySet<string>): Promise<void>;
  /** Adds tags to those that it has. */
  tag(tags: Tags): Promise<void>;
}

/** The tag with the record of what was published. A resource without it was not published by Headwater. */
const recordTag = 'headwater-published';

/**
 * Keeps a resource of a service beside the tables: creates it if it is missing, and otherwise writes only what differs. A tag
 * records a digest of every field, so that a change by others appears as drift. Settings that are not derived, and tags of others,
 * stay.
 *
 * The services have no versions to write against: of two publishers at the same time, the last one wins.
 */
export function resourceStep(resource: PublishedResource, signal?: AbortSignal): PublishStep {
  const { kind, words, name } = resource;
  const step = `${words} ${name}`;
  return {
    name: step,
    ids: [adoptId(resource), driftId(resource)],
    plan: async () => planResource(resource, step, await resource.read()),
    apply: (allowed) =>
      whileOthersWrite(async () => {
        const live = await resource.read();
        const { action, needs } = planResource(resource, step, live);
        assertAllowed(`${kind} ${name}`, needs, allowed);
        if (action !== 'none') await write(resource, live);
      }, signal),
  };
}

const adoptId = ({ kind, name }: PublishedResource): string => `adopt-${kind}:${name}`;
const driftId = ({ kind, name }: PublishedResource): string => `overwrite-drift:${kind}:${name}`;

/** The tags of a resource with the record of what it is. */
export const recordedTags = ({ tags, fields, members }: PublishedResource): Tags => ({
  ...tags,
  [recordTag]: contentRecord(fields, members),
});

/** The record of what a stack made whose tags it cannot change: it says that it is ours, and not what it is. */
const deployedRecord = 'deployed';

/** The tags of a resource that stay the same when its definition changes. Publishing takes it for its own, and records what it writes. */
export const deployedTags = ({ tags }: PublishedResource): Tags => ({ ...tags, [recordTag]: deployedRecord });

/** The tags come last: after a failure in between, the next publication finds what is done, and does the rest. */
async function write(resource: PublishedResource, live: LiveResource | undefined): Promise<void> {
  const { fields, members } = resource;
  if (!live) {
    // An empty record: what creation leaves out is then a change, and no drift.
    await resource.create({ ...resource.tags, [recordTag]: '' });
    const made = await resource.read();
    const missing = changedFields(fields, made?.members ?? {}, members);
    if (missing.length > 0) await resource.update(new Set(missing.map(({ member }) => member)));
  } else {
    const changed = changedFields(fields, live.members, members);
    if (changed.length > 0) await resource.update(new Set(changed.map(({ member }) => member)));
  }
  await resource.tag(recordedTags(resource));
}

function planResource(resource: PublishedResource, step: string, live: LiveResource | undefined): StepPlan {
  const { words, name, fields, members } = resource;
  const nothing: StepPlan = { step, action: 'none', differences: [], needs: [] };
  if (!live) return { ...nothing, action: 'create' };
  const record = live.tags[recordTag];
  const changed = changedFields(fields, live.members, members);
  const fixed = changed.filter(({ isFixed }) => isFixed).map(({ what }) => what);
  if (fixed.length > 0)
    throw new HeadwaterError('RESOURCE_FIXED', { resource: `${words} ${name}`, fields: fixed });
  const differences = fieldDifferences(changed, live.members, members, record ?? '');
  if (record === undefined) return { step, action: 'update', differences, needs: [adoptId(resource)] };
  const wanted = record === deployedRecord ? deployedTags(resource) : recordedTags(resource);
  const tags = Object.entries(wanted)
    .filter(([key, value]) => live.tags[key] !== value)
    .map(([key, becomes]) => ({
      what: `tag ${key}`,
      was: live.tags[key] ?? null,
      becomes,
      cause: 'change' as const,
    }));
  const isDrift = differences.some(({ cause }) => cause === 'drift');
  return {
    step,
    action: differences.length + tags.length > 0 ? 'update' : 'none',
    differences: differences.length > 0 ? differences : tags,
    needs: isDrift ? [driftId(resource)] : [],
  };
}
