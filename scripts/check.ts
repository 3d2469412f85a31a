// Everything that has to hold before a change is merged, in one command:
//
//   npm test                      all steps
//   npm test -- lint types        only these
//
// A failing step does not hide the ones after it; the summary names every step that failed.
import { spawnSync } from 'node:child_process';
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
// The tools' own launchers take whatever `node` comes first here: it has to be the workspace's.
const env: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env['PATH'] ?? ''}`,
};

/** Seconds as a reader wants them: `0.4 s`, `1 min 12 s`. */
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

/** Says which optional engines the tests will find; true when that is enough for this run. */
function reportEngines(): boolean {
  const all = process.env['HEADWATER_ENGINES'] === 'all';
  let enough = true;
  for (const engine of optionalEngines) {
    const version = foundVersion(engine, env);
    if (version !== undefined) {
      console.log(`${engine.name}: found, ${version}`);
    } else {
      enough = enough && !all;
      const verdict = all ? 'missing, and HEADWATER_ENGINES=all asks for it' : 'skipped, not found';
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

for (const step of steps) {
  const command = scripts[step.script];
  if (command === undefined) throw new Error(`package.json has no script "${step.script}"`);
  heading(`${step.heading}: ${command}`);
  const begun = performance.now();
  const { status } = spawnSync(command, { cwd: root, env, stdio: 'inherit', shell: true });
  const took = performance.now() - begun;
  outcomes.push({ name: step.script, passed: status === 0, took });
  console.log(`${step.heading}: ${status === 0 ? 'passed' : 'FAILED'} in ${duration(took)}`);
}

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
    : `Failed: ${failed.join(', ')}. Only these again: npm test -- ${failed.filter((name) => name !== engines).join(' ')}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
