import { inject, type RunnerTestSuite, TestRunner } from 'vitest';

/**
 * Skips every suite, with its hooks, when the engines are missing, so that no test file has to check. Files `*.spark.engine.test.ts`
 * also need Spark, and files `*.postgres.engine.test.ts` PostgreSQL.
 */
export default class EnginesRunner extends TestRunner {
  override async onBeforeRunSuite(suite: RunnerTestSuite): Promise<void> {
    await super.onBeforeRunSuite(suite);
    const isMissing =
      'missing' in inject('engines') ||
      (suite.file.name.endsWith('.spark.engine.test.ts') && inject('sparkProblem') !== null) ||
      (suite.file.name.endsWith('.postgres.engine.test.ts') && inject('postgresProblem') !== null);
    if (isMissing) suite.mode = 'skip';
  }
}
