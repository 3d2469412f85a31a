import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPackages } from './build-packages.ts';

const root = join(import.meta.dirname, '..');
const budgetFile = join(import.meta.dirname, 'type-budget.json');

/** Programs as users have them, with what TypeScript compiles for each. */
const programs = {
  'the table of examples/ecommerce': '../examples/ecommerce/src/clickstream.ts',
  // With a metric of its own: most of this is Kysely, which types its query.
  'examples/ecommerce': '../examples/ecommerce/headwater.config.ts',
  'a table of 60 columns': './programs/wide-table.ts',
} as const;

/** Type instantiations of each program, and the compiler that counted them. */
export interface TypeBudget {
  readonly typescript: string;
  readonly instantiations: Readonly<Record<string, number>>;
}

/** The recorded figures. */
export const recordedBudget = (): TypeBudget => JSON.parse(readFileSync(budgetFile, 'utf8'));

/**
 * What each program costs the workspace's compiler now: against the built packages, as users have them. Equal on every
 * machine, because one thread counts.
 */
export function measuredBudget(): TypeBudget {
  buildPackages();
  const instantiations = Object.entries(programs).map(([name, include]): [string, number] => {
    const [, figure] = /^Instantiations: +(\d+)$/m.exec(compile(include, ['--singleThreaded'])) ?? [];
    if (figure === undefined) throw new Error('tsc --extendedDiagnostics printed no "Instantiations"');
    return [name, Number(figure)];
  });
  return { typescript: compilerVersion(), instantiations: Object.fromEntries(instantiations) };
}

/** Prints what the types of the programs cost: counts, which are the code's, and seconds, which are the machine's. */
export async function benchTypes(record: boolean): Promise<void> {
  const budget = measuredBudget();
  if (record) writeFileSync(budgetFile, `${JSON.stringify(budget, null, 2)}\n`);
  const recorded = recordedBudget();
  for (const [name, include] of Object.entries(programs)) {
    const seconds = /^(Check|Total) time:.*$/gm;
    const lines = [
      `Instantiations: ${budget.instantiations[name]} (recorded: ${recorded.instantiations[name] ?? 'none'})`,
      ...(compile(include).match(seconds) ?? []),
    ];
    process.stdout.write(`\ntypes of ${name}\n${lines.map((line) => `  ${line}\n`).join('')}`);
  }
}

function compile(include: string, flags: readonly string[] = []): string {
  const project = join(import.meta.dirname, '.types.tsconfig.json');
  // Without the condition for sources, as users resolve the packages.
  const options = { noEmit: true, declaration: false, declarationMap: false, customConditions: [] };
  const config = { extends: '../tsconfig.base.json', compilerOptions: options, include: [include] };
  writeFileSync(project, JSON.stringify(config));
  const { status, stdout } = tsc(['-p', project, '--extendedDiagnostics', ...flags]);
  rmSync(project);
  if (status !== 0) throw new Error(`tsc ended with ${status}: ${stdout.slice(-2000)}`);
  return stdout;
}

const compilerVersion = () => tsc(['--version']).stdout.trim().replace('Version ', '');

const tsc = (args: readonly string[]) =>
  spawnSync(join(root, 'node_modules', '.bin', 'tsc'), args, { encoding: 'utf8' });
