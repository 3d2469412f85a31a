import { inject, type RunnerTestSuite, TestRunner } from 'vitest';

/**
 * Skips every suite, with its hooks, when the engines are missing, so that no test file has to check. Files `*.spark.engine.test.ts`
 * also need Spark, files `*.postgres.engine.test.ts` PostgreSQL, and files `*.redshift.engine.test.ts` the judges of its SQL.
 */
export default class EnginesRunner extends TestRunner {
  override async onBeforeRunSuite(suite: RunnerTestSuite): Promise<void> {
    await super.onBeforeRunSuite(suite);
    const isMissing =
      'missing' in inject('engines') ||
      (suite.file.name.endsWith('.spark.engine.test.ts') && inject('sparkProblem') !== null) ||
      (suite.file.name.endsWith('.postgres.engine.test.ts') && inject('postgresProblem') !== null) ||
      (suite.file.name.endsWith('.redshift.engine.test.ts') && inject('judgesProblem') !== null);
    if (isMissing) suite.mode = 'skip';
  }
}
