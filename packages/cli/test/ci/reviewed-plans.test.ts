import { expect, test } from 'vitest';
import { reviewedPlans } from '../../src/ci/reviewed-plans.ts';
import { schemaPublish } from '../../src/commands/schema-publish.ts';

test('the plans of --plan are its digests; none is no plan, and any plan is accepted without it', () => {
  const plans = (text: string) => reviewedPlans(schemaPublish.options.plan.read(text, 'plan'));
  expect(plans('3f1c,9a0b')).toEqual(['3f1c', '9a0b']);
  expect(plans('none')).toEqual([]);
  expect(reviewedPlans(undefined)).toBeUndefined();
  expect(() => plans('')).toThrow('--plan');
});
