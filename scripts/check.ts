// Runs every check that a change has to pass before it is merged:
//
//   npm test                      all steps
//   npm test -- lint types        only these steps
//
// After a failing step the others still run. The summary names every step that failed.
//
// With HEADWATER_ENGINES=all, the tests on the stand-in run beside the unit and end-to-end tests. Their output is held
// back until those have ended, so that the output of each step is in one piece.
import { spawn } from 'node:child_process';
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

const outcomes: { name: string; passed: boolean; took: number }[] = [];
const started = performance.now();

const steps = stepsFrom(process.argv.slice(2));
const engines = 'optional engines';
const enginesIn = ['e2e', 'engine-tests'];

heading('Optional engines');
const isWhole = process.env['HEADWATER_ENGINES'] === 'all';
const local = findLocalEngines(isWhole && steps.some((step) => enginesIn.includes(step.script)));
Object.assign(env, local.env);
outcomes.push({ name: engines, passed: reportEngines(), took: performance.now() - started });

/** Runs a step. Its output is shown at once, or after `before` has ended. */
async function runStep(step: CheckStep, before?: Promise<unknown>): Promise<void> {
  const command = scripts[step.script];
  if (command === undefined) throw new Error(`package.json has no script "${step.script}"`);
  const begun = performance.now();
  const child = spawn(command, {
    cwd: root,
    env,
    shell: true,
    stdio: ['inherit', before ? 'pipe' : 'inherit', before ? 'pipe' : 'inherit'],
  });
  const status = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const held: Buffer[] = [];
  const hold = (chunk: Buffer) => held.push(chunk);
  for (const output of [child.stdout, child.stderr]) output?.on('data', hold);
  await before;
  heading(`${step.heading}: ${command}`);
  for (const chunk of held.splice(0)) process.stdout.write(chunk);
  for (const output of [child.stdout, child.stderr]) {
    output?.off('data', hold).on('data', (chunk: Buffer) => process.stdout.write(chunk));
  }
  const passed = (await status) === 0;
  const took = performance.now() - begun;
  outcomes.push({ name: step.script, passed, took });
  console.log(`${step.heading}: ${passed ? 'passed' : 'FAILED'} in ${duration(took)}`);
}

async function runInOrder(some: readonly CheckStep[]): Promise<void> {
  for (const step of some) await runStep(step);
}

const isBeside = (step: CheckStep): boolean => isWhole && step.tests === 'wait';

await runInOrder(steps.filter((step) => step.tests === undefined));
const inOrder = runInOrder(steps.filter((step) => step.tests !== undefined && !isBeside(step)));
await Promise.all([inOrder, ...steps.filter(isBeside).map((step) => runStep(step, inOrder))]);

local.stop();

heading('Summary');
for (const { name, passed, took } of outcomes) {
  const verdict = passed ? styleText('green', 'passed') : styleText('red', 'FAILED');
  console.log(`${name.padEnd(18)}${verdict}  ${duration(took)}`);
}
const failed = outcomes.filter((outcome) => !outcome.passed).map((outcome) => outcome.name);
console.log(
  failed.length === 0
    ? `All steps passed in ${duration(performance.now() - started)}.`
    : `Failed: ${failed.join(', ')}. To run only these again: npm test -- ${failed.filter((name) => name !== engines).join(' ')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
