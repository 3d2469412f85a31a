import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planProblems } from '../../src/deploy/check/check-plan.ts';
import { planDeployment } from '../../src/deploy/plan/plan-deployment.ts';
import type { PlannedChange } from '../../src/deploy/plan/planned-change.ts';
import { type SmallStack, synthesizeSmallStack } from './small-stack.ts';

const held: Disposable[] = [];
afterAll(() => {
  for (const one of held) one[Symbol.dispose]();
});

function small(settings: Omit<SmallStack, 'name'> = {}) {
  const made = synthesizeSmallStack({ name: 'shop', ...settings });
  held.push(made);
  return made;
}

let before: ReturnType<typeof small>;
beforeAll(() => {
  before = small();
});

const planTo = (settings: Omit<SmallStack, 'name'>) => planDeployment(small(settings), before.template);
const line = ({ action, what }: PlannedChange): string => `${action} ${what}`;

describe('a plan', () => {
  it('creates everything where there is no stack', async () => {
    const plan = await planDeployment(before, undefined);
    expect(plan).toMatchObject({
      stack: 'shop',
      account: '123456789012',
      isNew: true,
      isDone: false,
      needs: [],
    });
    expect(plan.changes.map(line)).toEqual(
      expect.arrayContaining([
        'create bucket shop-lake',
        'create Kinesis stream shop-events',
        'create function shop-counter',
        'create Glue table clicks',
      ]),
    );
    expect(plan.changes.find(({ type }) => type === 'AWS::S3::Bucket')?.path).toBe('shop/Lake/Resource');
    expect(plan.outputs).toEqual(['LakeBucket']);
  });

  it('has nothing to do for the same stack', async () => {
    expect(await planDeployment(small(), before.template)).toMatchObject({
      isNew: false,
      isDone: true,
      changes: [],
      permissions: [],
      isBroader: false,
    });
  });

  it('shows which properties change, and who may do more', async () => {
    const plan = await planTo({ versioned: true, writes: true });
    expect(plan.changes.find(({ type }) => type === 'AWS::S3::Bucket')).toMatchObject({
      action: 'update',
      properties: [{ property: 'VersioningConfiguration', was: null, becomes: '{"Status":"Enabled"}' }],
      data: null,
    });
    expect(plan.isBroader).toBe(true);
    expect(plan.permissions).toContainEqual(
      expect.objectContaining({
        change: 'granted',
        effect: 'Allow',
        actions: expect.stringContaining('s3:PutObject'),
        resources: 'shop-lake/*',
      }),
    );
  });

  it('marks what loses data, and what it leaves behind', async () => {
    const gone = await planTo({ stream: null });
    expect(gone.changes.map(line)).toEqual(['delete Kinesis stream shop-events']);
    expect(gone.changes[0]?.data).toEqual({ fate: 'lost', words: 'records' });
    expect(gone.needs).toEqual([`lose-data:${gone.changes[0]?.id}`]);
    const kept = await planDeployment(small({ stream: null }), small({ keepsRecords: true }).template);
    expect(kept.changes[0]).toMatchObject({ action: 'keep', data: { fate: 'left-behind' }, needs: null });
  });

  it('replaces a stream by one of another name, and the old records are lost', async () => {
    const plan = await planTo({ stream: 'shop-other' });
    expect(plan.changes.map(line)).toEqual(['replace Kinesis stream shop-events']);
    expect(plan.changes[0]).toMatchObject({ blocked: null, data: { fate: 'lost' } });
    const policies = await planDeployment(
      small({ stream: 'shop-other', keepsRecords: true }),
      small({ keepsRecords: true }).template,
    );
    expect(policies.changes[0]).toMatchObject({
      action: 'replace',
      data: { fate: 'left-behind' },
      needs: null,
    });
  });

  it('says what CloudFormation cannot replace: both would have one name', async () => {
    const plan = await planTo({ tableDatabase: 'other' });
    expect(plan.changes[0]).toMatchObject({
      what: 'Glue table clicks',
      action: 'replace',
      blocked: { problem: expect.stringContaining('both would be called clicks') },
    });
  });

  it('replaces a named query of the same name: Athena finds them by an id', async () => {
    const daily = small({ query: 'SELECT count(*) FROM clicks' });
    const plan = await planDeployment(small({ query: 'SELECT count(at) FROM clicks' }), daily.template);
    expect(plan.changes.map(line)).toEqual(['replace named query shop: clicks of a day']);
    expect(plan.changes[0]).toMatchObject({ blocked: null, needs: null });
    expect(planProblems(plan, [])).toEqual([]);
  });
});
