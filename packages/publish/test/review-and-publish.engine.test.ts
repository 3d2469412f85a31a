import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { planDigest, reviewAndPublish, saveSchema } from '../src/index.ts';
import { schemaWith, targetIn } from './publish-fixture.ts';

const aws = useAwsSandbox('review');

test('writes nothing before the plan is approved, and nothing twice', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-review-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const plans: number[] = [];
  const options = {
    schema: schemaWith('reviewed', { brand: z.string().optional() }),
    target: targetIn(aws),
    folder,
    onPlan: ({ plan }: { plan: { snapshot: { number: number } } }) => void plans.push(plan.snapshot.number),
  };
  const outcome = async (more: object) => (await reviewAndPublish({ ...options, ...more })).outcome;
  expect(await outcome({ dryRun: true, approve: () => Promise.reject(new Error('not asked')) })).toBe(
    'planned',
  );
  expect(await outcome({ approve: async () => false })).toBe('declined');
  await expect(outcome({ approve: () => Promise.reject(new Error('nobody to ask')) })).rejects.toThrow(
    'nobody to ask',
  );
  expect(await readdir(folder)).toEqual([]);
  expect(await outcome({ approve: async () => true })).toBe('published');
  expect(await readdir(join(folder, 'reviewed'))).toEqual(['1.json']);
  expect(await outcome({ approve: () => Promise.reject(new Error('not asked')) })).toBe('unchanged');
  expect(plans).toEqual([1, 1, 1, 1, 1]);

  const dropped = { schema: schemaWith('reviewed', {}) };
  await expect(outcome(dropped)).rejects.toMatchObject({
    code: 'CHANGES_NOT_ALLOWED',
    payload: { ids: ['drop-column:brand'] },
  });
  expect(await outcome({ ...dropped, allow: ['drop-column:brand'] })).toBe('published');
});

test('publishes saved versions, with what they changed since the live one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'headwater-saved-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const first = schemaWith('saved', { brand: z.string().optional() });
  const second = schemaWith('saved', {});
  await saveSchema({ now: first, folder });
  const publish = (schema: typeof first, allow: readonly string[] = []) =>
    reviewAndPublish({ schema, target: targetIn(aws), folder, allow });
  expect(await publish(first)).toMatchObject({ outcome: 'published', plan: { snapshot: { number: 1 } } });

  const allow = ['drop-column:brand'];
  expect(await saveSchema({ now: second, folder, allow })).toMatchObject({ isNew: true });
  // Nothing changed since the saved version, and yet readers of the live one lose a column.
  await expect(publish(second)).rejects.toMatchObject({
    code: 'CHANGES_NOT_ALLOWED',
    payload: { ids: allow },
  });
  await expect(publish(second, ['drop-column:brnd'])).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    payload: { expected: expect.stringContaining('drop-column:brand') },
  });
  // What was allowed when it was saved is allowed for this plan, and for no other.
  const saved = { schema: second, target: targetIn(aws), folder, allowSaved: true };
  const { plan } = await reviewAndPublish({ ...saved, dryRun: true });
  expect(plan.needs).toEqual([]);
  await expect(reviewAndPublish({ ...saved, reviewed: planDigest([]) })).rejects.toMatchObject({
    code: 'PLAN_CHANGED',
    payload: { what: 'saved', plan: planDigest([plan]) },
  });
  expect(await reviewAndPublish({ ...saved, reviewed: planDigest([plan]) })).toMatchObject({
    outcome: 'published',
    plan: { snapshot: { number: 2 } },
  });
  // The same command again, as after a failure on the way.
  expect(await publish(second, allow)).toMatchObject({ outcome: 'unchanged' });
});
