import { createHash } from 'node:crypto';
import { snapshotDigest } from '@headwater/core/internal';
import type { PublishPlan } from './publish-schema.ts';

/**
 * A digest of what plans would do: the versions with their definitions, the steps that change something with their differences, and
 * what has to be allowed. Equal plans have equal digests, on every machine: whoever reviewed one has reviewed the other. Plans with nothing
 * to do leave it as it is.
 *
 * @returns SHA-256, in hexadecimal
 */
export function planDigest(plans: readonly PublishPlan[]): string {
  const done = plans
    .filter(({ isDone }) => !isDone)
    .map(({ table, snapshot, steps, needs }) => ({
      table,
      number: snapshot.number,
      definition: snapshotDigest(snapshot.schema),
      steps: steps
        .filter(({ action }) => action !== 'none')
        .map(({ step, action, differences }) => ({ step, action, differences })),
      needs,
    }));
  return createHash('sha256').update(JSON.stringify(done)).digest('hex');
}
