import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GithubStandIn } from './github-stand-in.ts';
import { type JobEnd, runWorkflow } from './run-workflow.ts';
import { shopRepository } from './shop-repository.ts';

const shop = shopRepository();
const github = new GithubStandIn();
afterAll(() => shop.remove());

const visits = `import { byPeriod, defineMetric, grain, measure, partColumn, period, periodChart, periodText } from '@headwater/queries/metric';

export const visits = defineMetric({
  name: 'visits',
  definition: 'Sessions with an event.',
  nullSessions: 'Their events are left out.',
  roles: ['session'],
  grain: grain('day'),
  breakdowns: ['weekday'],
  dimensions: { period },
  measures: { visits: measure.count('Sessions with an event', 'none') },
  chart: (parameters) => periodChart(parameters, ['visits']),
  query: (context) =>
    context
      .events()
      .with('sessions', (db) => db.selectFrom('events').select('time').distinctOn('session').where('session', 'is not', null))
      .with('totals', (db) => byPeriod(context, db.selectFrom('sessions'), 'time').select(({ fn }) => fn.countAll<number>().as('visits')))
      .selectFrom('totals')
      .select(({ ref }) => [periodText(context.parameters, ref('period')).as('period'), ...partColumn(context), 'visits'])
      .orderBy('totals.period'),
});
`;

beforeAll(() => {
  shop.headwater('init', '--ci', 'github');
  shop.link(shop.path);
  shop.write('visits.ts', visits);
  shop.write(
    'headwater.config.ts',
    shop
      .read('headwater.config.ts')
      .replace(
        "from './clickstream.ts';\n",
        "from './clickstream.ts';\nimport { visits } from './visits.ts';\n",
      )
      .replace('tables: [clickstream],', 'tables: [clickstream], metrics: [visits],'),
  );
  shop.headwater('schema', 'save');
  shop.commit('A shop');
});

const workflow = () => readFileSync(join(shop.path, '.github/workflows/headwater-plan.yml'), 'utf8');

/** Runs the workflow of a pull request from a branch of this repository, or of another one. */
function pullRequest(
  branch: string,
  number: number,
  from = 'ada/shop',
): Promise<Readonly<Record<string, JobEnd>>> {
  const { ref, sha } = shop.mergeRef(branch, number);
  const head = { sha: shop.git('rev-parse', branch), repo: { full_name: from } };
  return runWorkflow({
    text: workflow(),
    folder: shop.folder(),
    event: { name: 'pull_request', payload: { pull_request: { number, head } } },
    ref,
    sha,
    repository: { name: 'ada/shop', path: shop.path },
    github,
    install: shop.link,
  });
}

/** The steps that did not end well, with what they printed. */
const failed = (job: JobEnd | undefined) => job?.steps.filter(({ outcome }) => outcome === 'failure') ?? [];

test('a pull request without a change of the schema passes, from a fork too, which gets no comment', async () => {
  shop.git('switch', '-q', '-c', 'readme');
  shop.write('README.md', '# Shop\n');
  shop.commit('Say what this is');
  const { check, plan, comment } = await pullRequest('readme', 1, 'eve/shop');
  expect(failed(check)).toEqual([]);
  expect(check?.steps.filter(({ outcome }) => outcome === 'skipped')).toEqual([]);
  expect(check?.summary).toBe('### Schema: passes\n\n**clickstream** 1.0.0: no changes\n');
  expect([plan?.result, comment?.result]).toEqual(['skipped', 'skipped']);
  expect(github.comments).toEqual([]);
});

test('one that breaks metrics fails, and names them: those that ship, and those of the project', async () => {
  shop.git('switch', '-q', '-c', 'no-sessions', 'main');
  const text = shop.read('clickstream.ts');
  const line = text.split('\n').findIndex((one) => one.includes('user_session: z')) + 1;
  expect(line).toBeGreaterThan(1);
  shop.write(
    'clickstream.ts',
    text
      .replace(/ {4}user_session: z[\s\S]*?\.optional\(\),\n/, '')
      .replace("    session: 'user_session',\n", ''),
  );
  shop.commit('Forget sessions');
  const { check, comment } = await pullRequest('no-sessions', 2);
  expect(check?.result).toBe('failure');
  const [schema] = failed(check);
  expect(schema?.name).toBe('Check the schema');
  expect(schema?.output).toContain(
    '::error file=visits.ts,line=4,title=Metric visits stops::No column plays the session. (remove-role:session:user_session)',
  );
  expect(schema?.output).toMatch(
    /::error file=clickstream\.ts,line=\d+,title=Metric cart-abandonment stops::/,
  );
  expect(schema?.output).toContain(
    'title=Versions of clickstream::The definition of clickstream is not saved',
  );
  expect(comment?.result).toBe('success');
  expect(github.comments.map(({ issue_number }) => issue_number)).toEqual([2]);
  const [{ body } = { body: '' }] = github.comments;
  expect(body).toContain('### Schema: breaks something');
  expect(body).toContain('- `visits` stops: No column plays the session.');
  expect(body).toContain('- `cart-abandonment` stops:');
  expect(body).toContain('npx headwater schema save --table clickstream --allow drop-column:user_session');
});

test('the same passes once what it breaks is accepted with its version, and the comment is updated', async () => {
  const [, command = ''] = /npx headwater (schema save .*)/.exec(github.comments[0]?.body ?? '') ?? [];
  shop.headwater(...command.split(' '));
  shop.commit('Accept it');
  expect(JSON.parse(shop.read('schema/clickstream/2.json'))).toMatchObject({
    number: 2,
    version: '2.0.0',
    allowed: expect.arrayContaining(['drop-column:user_session']),
  });
  const { check } = await pullRequest('no-sessions', 2);
  expect(failed(check)).toEqual([]);
  expect(github.comments).toHaveLength(1);
  expect(github.comments[0]?.body).toMatch(
    /### Schema: passes[\s\S]*`drop-column:user_session` \(accepted\)/,
  );
  expect(github.comments[0]?.body).toContain(`Of commit ${shop.git('rev-parse', 'no-sessions')}.`);
});
