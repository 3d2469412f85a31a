// Runs every check that a change has to pass before it is merged:
//
//   npm test                      all steps
//   npm test -- lint types        only these steps
//
// After a failing step the others still run. The summary names every step that failed.
//
// With HEADWATER_ENGINES=all, the tests on the stand-in run in parts beside the unit and end-to-end tests, and beside each
// other when those have ended. Output is held back until what was started before has ended, so that the output of each
// step is in one piece.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { styleText } from 'node:util';
import { type CheckStep, checkSteps } from './check-steps.ts';
import { findLocalEngines } from './local-engines.ts';
import { foundVersion, optionalEngines } from './optional-engines.ts';

const root = join(import.meta.dirname, '..');

const { scripts }: { scripts: Record<string, string> } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);
// The launchers of the tools run the first `node` on the path, which has to be the workspace's.
const env: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env['PATH'] ?? ''}`,
};

/** A duration as text: `0.4 s`, `1 min 12 s`. */
function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

function stepsFrom(names: readonly string[]): readonly CheckStep[] {
  const unknown = names.filter((name) => !checkSteps.some((step) => step.script === name));
  if (unknown.length > 0) {
    console.error(
      `No such step: ${unknown.join(', ')}. Steps: ${checkSteps.map((step) => step.script).join(', ')}`,
    );
    process.exit(2);
  }
  return names.length === 0 ? checkSteps : checkSteps.filter((step) => names.includes(step.script));
}

/** Prints which optional engines the tests will find. Gives false when this run requires one that is missing. */
function reportEngines(): boolean {
  const all = process.env['HEADWATER_ENGINES'] === 'all';
  let enough = true;
  for (const engine of optionalEngines) {
    const version = foundVersion(engine, env);
    if (version !== undefined) {
      console.log(`${engine.name}: found, ${version}`);
    } else {
      const isRequired = all && engine.notRequired === undefined;
      enough = enough && !isRequired;
      const verdict = isRequired
        ? 'missing, and HEADWATER_ENGINES=all requires it'
        : `skipped, not found${engine.notRequired === undefined ? '' : `; never required, since ${engine.notRequired}`}`;
      console.log(
        `${engine.name}: ${verdict}. Its tests prove ${engine.proves}. To run them: ${engine.install}.`,
      );
    }
  }
  return enough;
}

function heading(text: string): void {
  console.log(`\n${styleText('bold', `== ${text} ==`)}`);
}

/** How a step, or a part of it, ended. */
interface Outcome {
  readonly script: string;
  readonly name: string;
  readonly passed: boolean;
  readonly took: number;
  /** The end of its output, which is where the tools say what failed. */
  readonly lastLines?: string;
}

/** How many lines of a failed step the summary repeats: output of other steps follows the step's own. */
const repeated = 60;

const outcomes: Outcome[] = [];
const started = performance.now();

const steps = stepsFrom(process.argv.slice(2));
const engines = 'optional engines';
const enginesIn = ['e2e', 'engine-tests'];

heading('Optional engines');
const isWhole = process.env['HEADWATER_ENGINES'] === 'all';
const local = findLocalEngines(isWhole && steps.some((step) => enginesIn.includes(step.script)));
Object.assign(env, local.env);
outcomes.push({ script: engines, name: engines, passed: reportEngines(), took: performance.now() - started });

/** Ends when all that was started has been shown. */
let shown: Promise<unknown> = Promise.resolve();

/** Runs a step, or a part of it such as `2/10`. Its output is shown when that of all that was started before has been. */
async function runStep(step: CheckStep, part?: string): Promise<void> {
  const script = scripts[step.script];
  if (script === undefined) throw new Error(`package.json has no script "${step.script}"`);
  const command = part === undefined ? script : `${script} --shard=${part}`;
  const begun = performance.now();
  const title = `${step.heading}: ${command}`;
  const child = spawn(command, { cwd: root, env, shell: true, stdio: ['inherit', 'pipe', 'pipe'] });
  let tail = '';
  for (const output of [child.stdout, child.stderr])
    output.on('data', (chunk: Buffer) => {
      tail = `${tail}${chunk}`.split('\n').slice(-repeated).join('\n');
    });
  const end = new Promise<Outcome>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      const name = part === undefined ? step.script : `${step.script} ${part}`;
      const ended = { script: step.script, name, took: performance.now() - begun };
      resolve(status === 0 ? { ...ended, passed: true } : { ...ended, passed: false, lastLines: tail });
    });
  });
  shown = show(title, child, end, shown);
  await end;
}

async function show(
  title: string,
  { stdout, stderr }: ChildProcess,
  end: Promise<Outcome>,
  before: Promise<unknown>,
): Promise<void> {
  const held: Buffer[] = [];
  const hold = (chunk: Buffer) => held.push(chunk);
  for (const output of [stdout, stderr]) output?.on('data', hold);
  await before;
  heading(title);
  for (const chunk of held) process.stdout.write(chunk);
  for (const output of [stdout, stderr])
    output?.off('data', hold).on('data', (chunk: Buffer) => process.stdout.write(chunk));
  const outcome = await end;
  outcomes.push(outcome);
  console.log(`${title}: ${outcome.passed ? 'passed' : 'FAILED'} in ${duration(outcome.took)}`);
}

type Task = () => Promise<void>;

/** Takes tasks from the front until none is left. */
async function work(tasks: Task[]): Promise<void> {
  for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) await task();
}

const isBeside = (step: CheckStep): boolean => isWhole && step.tests === 'wait';
const tasksOf = (step: CheckStep): Task[] => {
  const { parts } = step;
  if (parts === undefined || !isBeside(step)) return [() => runStep(step)];
  return Array.from({ length: parts }, (_, nth) => () => runStep(step, `${nth + 1}/${parts}`));
};

await work(steps.filter((step) => step.tests === undefined).flatMap(tasksOf));
const inOrder = steps.filter((step) => step.tests !== undefined && !isBeside(step)).flatMap(tasksOf);
const beside = steps.filter(isBeside).flatMap(tasksOf);
await Promise.all([work(inOrder).then(() => work(beside)), work(beside)]);
await shown;

local.stop();

for (const { name, lastLines } of outcomes) {
  if (lastLines === undefined) continue;
  heading(`${name} failed. Its last lines`);
  console.log(lastLines);
}

heading('Summary');
for (const { name, passed, took } of outcomes) {
  const verdict = passed ? styleText('green', 'passed') : styleText('red', 'FAILED');
  console.log(`${name.padEnd(20)}${verdict}  ${duration(took)}`);
}
const failed = [...new Set(outcomes.filter(({ passed }) => !passed).map(({ script }) => script))];
console.log(
  failed.length === 0
    ? `All steps passed in ${duration(performance.now() - started)}.`
    : `Failed: ${failed.join(', ')}. To run only these again: npm test -- ${failed.filter((name) => name !== engines).join(' ')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
