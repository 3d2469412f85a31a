import { inject, type ProvidedContext, type RunnerTestSuite, TestRunner } from 'vitest';

/** What the tests of a file need beside the stand-in, by the end of its name, and why there is none. */
const needs = {
  '.spark.engine.test.ts': 'sparkProblem',
  '.flink.engine.test.ts': 'flinkProblem',
  '.postgres.engine.test.ts': 'postgresProblem',
  '.redshift.engine.test.ts': 'judgesProblem',
} as const satisfies Readonly<Record<string, keyof ProvidedContext>>;

/** Skips every suite, with its hooks, when the engines that it needs are missing, so that no test file has to check. */
export default class EnginesRunner extends TestRunner {
  override async onBeforeRunSuite(suite: RunnerTestSuite): Promise<void> {
    await super.onBeforeRunSuite(suite);
    const isMissing =
      'missing' in inject('engines') ||
      Object.entries(needs).some(
        ([ending, problem]) => suite.file.name.endsWith(ending) && inject(problem) !== null,
      );
    if (isMissing) suite.mode = 'skip';
  }
}
