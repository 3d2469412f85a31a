import { inject, type RunnerTestSuite, TestRunner } from 'vitest';

/** Skips every suite, with its hooks, when the engines are missing, so that no test file has to check. */
export default class EnginesRunner extends TestRunner {
  override async onBeforeRunSuite(suite: RunnerTestSuite): Promise<void> {
    await super.onBeforeRunSuite(suite);
    if ('missing' in inject('engines')) suite.mode = 'skip';
  }
}
