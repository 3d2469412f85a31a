import type { TestProject } from 'vitest/node';
import { flinkProblem } from '../install/flink.ts';
import { postgresProblem } from '../install/postgres.ts';
import { sparkProblem } from '../install/spark.ts';
import { judgesProblem } from '../install/sql-judges.ts';
import { type Endpoints, findEndpoints, silentParts } from '../running/endpoints.ts';

/** The result of the global setup: the endpoints, or the reason why there are none. */
export type FoundEngines = Endpoints | { readonly missing: string };

declare module 'vitest' {
  interface ProvidedContext {
    engines: FoundEngines;
    /** Why there is no Spark; null when there is. */
    sparkProblem: string | null;
    /** Why there is no Flink; null when there is. */
    flinkProblem: string | null;
    /** Why there is no PostgreSQL; null when there is. */
    postgresProblem: string | null;
    /** Why there are no judges of Redshift's SQL; null when there are. */
    judgesProblem: string | null;
  }
}

const remedy = 'Start them with `pnpm engines up`.';

async function findEngines(): Promise<FoundEngines> {
  const endpoints = findEndpoints();
  if (endpoints === undefined) return { missing: `The local AWS stand-in is not running. ${remedy}` };
  const silent = await silentParts(endpoints);
  return silent.length === 0 ? endpoints : { missing: `No answer from ${silent.join(', ')}. ${remedy}` };
}

/** Runs once for the project and finds the engines. Without them, tests are skipped, or fail under HEADWATER_ENGINES=all. */
export default async function setup(project: TestProject): Promise<void> {
  const engines = await findEngines();
  if ('missing' in engines) {
    if (process.env['HEADWATER_ENGINES'] === 'all')
      throw new Error(`${engines.missing} HEADWATER_ENGINES=all requires them.`);
    console.warn(`Engine tests are skipped. ${engines.missing}`);
  }
  const isSkipped = 'missing' in engines;
  project.provide('engines', engines);
  project.provide('sparkProblem', isSkipped ? null : problemOf('Spark', sparkProblem));
  project.provide('flinkProblem', isSkipped ? null : problemOf('Flink', flinkProblem));
  project.provide('postgresProblem', isSkipped ? null : problemOf('PostgreSQL', postgresProblem));
  project.provide('judgesProblem', isSkipped ? null : problemOf('the judges of Redshift', judgesProblem));
}

/** The problem of an engine that only some of the tests need: a warning, or an error under HEADWATER_ENGINES=all. */
function problemOf(engine: string, find: () => string | undefined): string | null {
  const problem = find();
  if (problem === undefined) return null;
  if (process.env['HEADWATER_ENGINES'] === 'all')
    throw new Error(`${problem} HEADWATER_ENGINES=all requires it.`);
  console.warn(`Tests on ${engine} are skipped. ${problem}`);
  return problem;
}
