import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { useAwsSandbox } from '@headwater/local-aws/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GithubStandIn } from './github-stand-in.ts';
import { type JobEnd, runWorkflow } from './run-workflow.ts';
import { shopRepository } from './shop-repository.ts';

const aws = useAwsSandbox('workflow');
const shop = shopRepository();
const github = new GithubStandIn();
const glue = new GlueClient();
afterAll(() => {
  shop.remove();
  glue.destroy();
});

const roles = {
  plan: 'arn:aws:iam::123456789012:role/plan',
  deploy: 'arn:aws:iam::123456789012:role/deploy',
};
const vars = {
  HEADWATER_PLAN_ROLE: roles.plan,
  HEADWATER_DEPLOY_ROLE: roles.deploy,
  AWS_REGION: 'us-east-1',
};
const assumed: string[] = [];

beforeAll(() => {
  shop.headwater('init', '--ci', 'github');
  shop.link(shop.path);
  const target = {
    region: 'us-east-1',
    account: '123456789012',
    database: aws.database,
    location: aws.location,
    firstDay: '2019-10-01',
  };
  shop.write(
    'headwater.config.ts',
    shop.read('headwater.config.ts').replace("lake: './lake'", `aws: ${JSON.stringify(target)}`),
  );
  shop.headwater('schema', 'save');
});

const workflow = (name: string) => ({
  text: readFileSync(join(shop.path, '.github/workflows', name), 'utf8'),
  folder: shop.folder(),
  repository: { name: 'ada/shop', path: shop.path },
  vars,
  github,
  install: shop.link,
  // The stand-in's endpoint and its keys, which no step has before this.
  credentials(role: string) {
    assumed.push(role);
    return Object.fromEntries(
      Object.entries(process.env).flatMap(([name, value = '']) =>
        name.startsWith('AWS_') ? [[name, value]] : [],
      ),
    );
  },
});

/** A push of a commit to main, or a run by hand with a digest. */
const deploy = (sha: string, plan?: string): Promise<Readonly<Record<string, JobEnd>>> =>
  runWorkflow({
    ...workflow('headwater-deploy.yml'),
    event:
      plan === undefined
        ? { name: 'push', payload: {} }
        : { name: 'workflow_dispatch', payload: { inputs: { plan } } },
    ref: 'refs/heads/main',
    sha,
  });

const columns = async (): Promise<readonly (string | undefined)[] | undefined> => {
  const request = new GetTableCommand({ DatabaseName: aws.database, Name: 'clickstream' });
  const { Table } = await glue.send(request).catch(() => ({ Table: undefined }));
  return Table?.StorageDescriptor?.Columns?.map(({ Name }) => Name);
};
const digestIn = (text: string | undefined): string => /^Plan `([0-9a-f]{64})`$/m.exec(text ?? '')?.[1] ?? '';

test('before a deployment, a new table is left to the stack, unless publishing keeps the catalog', () => {
  const config = shop.read('headwater.config.ts');
  expect(config).toContain('aws: {');
  const planned = (infra: string): string => {
    shop.write('headwater.config.ts', config.replace('aws: {', `infra: ${infra},\n  aws: {`));
    return shop.headwater('schema', 'publish', '--before-deploy', '--dry-run');
  };
  expect(planned("{ scale: 'dev' }")).not.toMatch(/create +table clickstream/);
  expect(planned("{ catalog: 'published' }")).toMatch(/create +table clickstream/);
  shop.write('headwater.config.ts', config);
});

test('a push that nobody has reviewed publishes nothing, until its plan is given by hand', async () => {
  const sha = shop.commit('A shop');
  const stopped = await deploy(sha);
  expect(stopped['reviewed']?.steps[0]?.output).toContain('no plan was reviewed');
  const step = stopped['deploy']?.steps.find(({ name }) => name === 'Publish the schema');
  expect(step?.outcome).toBe('failure');
  expect(step?.output).toContain('[PLAN_CHANGED]');
  expect(stopped['deploy']?.summary).toContain('- create table clickstream');
  expect(await columns()).toBeUndefined();
  const plan = digestIn(stopped['deploy']?.summary);
  expect(step?.output).toContain(`--plan ${plan}`);
  const { deploy: done } = await deploy(sha, plan);
  expect(done?.steps.filter(({ outcome }) => outcome === 'failure')).toEqual([]);
  expect(done?.steps.at(-1)).toMatchObject({ name: 'Load', outcome: 'skipped' });
  expect(await columns()).toContain('brand');
  expect(new Set(assumed)).toEqual(new Set([roles.deploy]));
});

test('a compatible change is planned on its pull request, and published by the merge', async () => {
  shop.git('switch', '-q', '-c', 'coupons');
  const text = shop.read('clickstream.ts');
  shop.write(
    'clickstream.ts',
    text.replace('    price: decimal', '    coupon: z.string().optional(),\n    price: decimal'),
  );
  shop.headwater('schema', 'save');
  shop.commit('Add coupons');
  const head = { sha: shop.git('rev-parse', 'coupons'), repo: { full_name: 'ada/shop' } };
  const merge = shop.mergeRef('coupons', 7);
  assumed.length = 0;
  const { plan, comment } = await runWorkflow({
    ...workflow('headwater-plan.yml'),
    event: { name: 'pull_request', payload: { pull_request: { number: 7, head } } },
    ...merge,
    // With a stack, whose plan has a digest of its own.
    vars: { ...vars, HEADWATER_STACK: 'headwater-shop' },
    passed: ['check'],
  });
  expect(plan?.steps.filter(({ outcome }) => outcome === 'failure')).toEqual([]);
  expect(comment?.result).toBe('success');
  expect(assumed).toEqual([roles.plan]);
  const [{ body } = { body: '' }] = github.comments;
  expect(body).toContain('- update table clickstream\n');
  expect(body).toMatch(/^ {4}- column coupon: `.*`$/m);
  expect(await columns()).not.toContain('coupon');

  shop.git('switch', '-q', 'main');
  shop.git('merge', '-q', '--ff-only', merge.sha);
  github.pulls.push({ number: 7, merge_commit_sha: merge.sha, head });
  const { reviewed, deploy: done } = await deploy(merge.sha);
  const [stack] = /^Plan `[0-9a-f]+`$/m.exec(body.slice(body.indexOf('### Stack'))) ?? [];
  expect(reviewed?.outputs).toEqual({ plan: `${digestIn(body)},${stack?.slice(6, -1)}` });
  expect(done?.steps.filter(({ outcome }) => outcome === 'failure')).toEqual([]);
  expect(digestIn(done?.summary)).toBe(digestIn(body));
  expect(await columns()).toContain('coupon');
});
