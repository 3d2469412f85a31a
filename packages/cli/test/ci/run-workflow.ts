import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { createEvaluator } from './evaluate-expression.ts';
import type { GithubStandIn } from './github-stand-in.ts';
import { parsedWorkflow } from './workflow-problems.ts';

/** One run of a workflow. */
export interface WorkflowRun {
  readonly text: string;
  /** An empty folder: what the runner of each job, and the service, has. */
  readonly folder: string;
  readonly event: { readonly name: string; readonly payload: object };
  /** The ref that is checked out, and its commit. */
  readonly ref: string;
  readonly sha: string;
  readonly repository: { readonly name: string; readonly path: string };
  readonly vars?: Readonly<Record<string, string>>;
  readonly github: GithubStandIn;
  /** Stands for `npm ci`: gives a checkout the packages. */
  readonly install: (checkout: string) => void;
  /** What `aws-actions/configure-aws-credentials` gives, by the role. */
  readonly credentials?: (role: string) => Readonly<Record<string, string>>;
  /** Jobs that are taken to have ended well, and are not run. */
  readonly passed?: readonly string[];
}

/** How a step has ended. */
export interface StepEnd {
  readonly name: string;
  readonly outcome: 'success' | 'failure' | 'skipped';
  readonly output: string;
}

/** How a job has ended. */
export interface JobEnd {
  readonly result: 'success' | 'failure' | 'skipped';
  readonly steps: readonly StepEnd[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly defaults: { readonly run: { readonly 'working-directory': string } };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** What a step works with. */
interface Runner {
  readonly run: WorkflowRun;
  readonly job: Job;
  readonly checkout: string;
  readonly temp: string;
  readonly env: Record<string, string>;
  readonly contexts: Readonly<Record<string, unknown>>;
}
type Ended = Pick<StepEnd, 'outcome' | 'output'> & { readonly outputs?: Readonly<Record<string, string>> };
type Action = (inputs: Readonly<Record<string, string>>, runner: Runner) => Ended | Promise<Ended>;

const well = (output = ''): Ended => ({ outcome: 'success', output });

/**
 * What stands for the actions of a workflow. All other steps run as they are: by bash, with the environment that a runner gives.
 *
 * | action | here |
 * | --- | --- |
 * | checkout | `git` fetches the ref to the depth, from the repository on disk |
 * | setup-node | nothing: the Node of the tests |
 * | configure-aws-credentials | environment variables for the role, from the test. No token is exchanged |
 * | upload-artifact, download-artifact | a folder |
 * | github-script | the script, with a client of the stand-in |
 */
const actions: Readonly<Record<string, Action>> = {
  async 'actions/checkout'({ 'fetch-depth': depth = '1' }, { run, checkout }) {
    const { path } = run.repository;
    const script = `git init -q . && git fetch -q --depth=${depth} "file://${path}" "${run.ref}" && git checkout -q FETCH_HEAD`;
    return bash(script, checkout, plainEnvironment());
  },
  'actions/setup-node': () => well(),
  'aws-actions/configure-aws-credentials'(
    { 'role-to-assume': role = '', 'aws-region': region = '' },
    { run, env, job },
  ) {
    if (job.permissions?.['id-token'] !== 'write')
      return { outcome: 'failure', output: 'no permission id-token' };
    Object.assign(env, { AWS_REGION: region, ...run.credentials?.(role) });
    return well();
  },
  'actions/upload-artifact'({ name = '', path = '' }, { run }) {
    const folder = join(run.folder, 'artifacts', name);
    for (const file of globSync(path)) {
      mkdirSync(folder, { recursive: true });
      copyFileSync(file, join(folder, basename(file)));
    }
    return well();
  },
  'actions/download-artifact'({ pattern = '', path = '' }, { run, checkout }) {
    const all = join(run.folder, 'artifacts');
    const names = existsSync(all) ? readdirSync(all) : [];
    for (const name of names.filter((one) => one.startsWith(pattern.replace('*', '')))) {
      mkdirSync(join(checkout, path), { recursive: true });
      for (const file of readdirSync(join(all, name)))
        copyFileSync(join(all, name, file), join(checkout, path, file));
    }
    return well();
  },
  async 'actions/github-script'({ script = '' }, { run, job, checkout }) {
    const outputs: Record<string, string> = {};
    const notes: string[] = [];
    const core = {
      setOutput(name: string, value: string): void {
        outputs[name] = value;
      },
      warning: (text: string) => void notes.push(`::warning::${text}`),
    };
    const [owner, repo] = run.repository.name.split('/');
    const payload = run.event.payload as { readonly pull_request?: { readonly number: number } };
    const context = {
      payload,
      sha: run.sha,
      repo: { owner, repo },
      issue: { number: payload.pull_request?.number },
    };
    const before = process.cwd();
    process.chdir(checkout);
    try {
      const AsyncFunction = (async () => {}).constructor as new (
        ...texts: string[]
      ) => (...values: unknown[]) => Promise<unknown>;
      const call = new AsyncFunction('github', 'context', 'core', 'require', script);
      await call(run.github.client(job.permissions ?? {}), context, core, createRequire(import.meta.url));
      return { outcome: 'success', output: notes.join('\n'), outputs };
    } catch (error) {
      return { outcome: 'failure', output: String(error) };
    } finally {
      process.chdir(before);
    }
  },
};

/**
 * Runs a workflow of GitHub Actions in emulation: jobs in the order of their needs, steps in theirs, with conditions and expressions as GitHub's
 * parser and evaluator read them.
 */
export async function runWorkflow(run: WorkflowRun): Promise<Readonly<Record<string, JobEnd>>> {
  const { workflow, problems } = await parsedWorkflow(run.text, 'workflow.yml');
  if (!workflow || problems.length > 0) throw new Error(problems.join('\n'));
  const { jobs, defaults } = parse(run.text) as Workflow;
  const ends: Record<string, JobEnd> = {};
  for (const parsed of workflow.jobs) {
    const id = parsed.id.value;
    const job = jobs[id];
    if (!job || parsed.type !== 'job') throw new Error(`${id} is not run here`);
    if (run.passed?.includes(id)) {
      ends[id] = { result: 'success', steps: [], outputs: {}, summary: '' };
      continue;
    }
    const needed = (parsed.needs ?? []).map(({ value }) => [value, ends[value]] as const);
    const needs = Object.fromEntries(
      needed.map(([name, end]) => [name, { result: end?.result, outputs: end?.outputs }]),
    );
    const contexts = { github: githubContext(run), vars: run.vars ?? {}, needs, inputs: {} };
    const results = needed.map(([, end]) => end?.result);
    const status = { failed: results.includes('failure'), skipped: results.includes('skipped') };
    const isRun = createEvaluator(contexts, status).isTrue(parsed.if.expression);
    const conditions = parsed.steps.map((step) =>
      'if' in step && step.if ? step.if.expression : 'success()',
    );
    const ids = parsed.steps.map((step) => step.id);
    ends[id] = isRun
      ? await runJob({ run, id, job, contexts, conditions, ids, below: defaults.run['working-directory'] })
      : { result: 'skipped', steps: [], outputs: {}, summary: '' };
  }
  return ends;
}

const githubContext = ({ event, ref, sha, repository }: WorkflowRun) => ({
  event: event.payload,
  event_name: event.name,
  ref,
  sha,
  repository: repository.name,
  run_id: '1',
});

interface JobRun {
  readonly run: WorkflowRun;
  readonly id: string;
  readonly job: Job;
  readonly contexts: Readonly<Record<string, unknown>>;
  readonly conditions: readonly string[];
  readonly ids: readonly string[];
  /** Where commands run, below the checkout. */
  readonly below: string;
}

async function runJob({ run, id, job, contexts, conditions, ids, below }: JobRun): Promise<JobEnd> {
  const checkout = join(run.folder, id, 'checkout');
  const temp = join(run.folder, id, 'temp');
  for (const folder of [checkout, temp]) mkdirSync(folder, { recursive: true });
  const summary = join(temp, 'summary.md');
  writeFileSync(summary, '');
  const env: Record<string, string> = {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: checkout,
    GITHUB_STEP_SUMMARY: summary,
    RUNNER_TEMP: temp,
  };
  const steps: Record<string, { outcome: string; outputs: Readonly<Record<string, string>> }> = {};
  const ends: StepEnd[] = [];
  const hasFailed = (): boolean => ends.some(({ outcome }) => outcome === 'failure');
  const evaluator = () =>
    createEvaluator({ ...contexts, env, steps, runner: { temp } }, { failed: hasFailed(), skipped: false });
  for (const [name, value] of Object.entries(job.env ?? {})) env[name] = evaluator().text(value);
  for (const [index, step] of job.steps.entries()) {
    const name = step.name ?? step.uses ?? '';
    const ended: Ended = evaluator().isTrue(conditions[index] ?? '')
      ? await runStep(
          step,
          { run, job, checkout, temp, env, contexts },
          evaluator().text,
          join(checkout, below),
        )
      : { outcome: 'skipped', output: '' };
    ends.push({ name, outcome: ended.outcome, output: ended.output });
    steps[ids[index] ?? name] = { outcome: ended.outcome, outputs: ended.outputs ?? {} };
  }
  const outputs = Object.entries(job.outputs ?? {}).map(([name, value]) => [name, evaluator().text(value)]);
  return {
    result: hasFailed() ? 'failure' : 'success',
    steps: ends,
    outputs: Object.fromEntries(outputs),
    summary: readFileSync(summary, 'utf8'),
  };
}

async function runStep(
  step: Step & { readonly run?: string },
  runner: Runner,
  text: (template: string) => string,
  folder: string,
): Promise<Ended> {
  if (step.uses !== undefined) {
    const [name = ''] = step.uses.split('@');
    const action = actions[name];
    if (!action) throw new Error(`Nothing stands for ${name}`);
    const inputs = Object.entries(step.with ?? {}).map(([key, value]) => [key, text(String(value))]);
    return action(Object.fromEntries(inputs), runner);
  }
  if (step.run === 'npm ci') {
    runner.run.install(folder);
    return well();
  }
  const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, text(value)]);
  return bash(step.run ?? '', folder, { ...plainEnvironment(), ...runner.env, ...Object.fromEntries(own) });
}

/** The environment of the tests without what would change how commands behave, or hold credentials. */
function plainEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|npm_|INIT_CWD$|FORCE_COLOR$|GITHUB_|VITEST|NODE_ENV$)/.test(name),
  );
  return {
    ...(Object.fromEntries(kept) as Record<string, string>),
    NODE_OPTIONS: '--conditions=@headwater/source',
  };
}

/** As a runner starts it: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#exit-codes-and-error-action-preference */
function bash(script: string, cwd: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    env: { ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (piece: string) => {
      output += piece;
    });
  child.stdin.end();
  return new Promise((resolve, reject) => {
    child
      .on('error', reject)
      .on('close', (code) => resolve({ outcome: code === 0 ? 'success' : 'failure', output }));
  });
}
