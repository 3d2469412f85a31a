import type { AccessSource } from './access/access-source.ts';
import type { CollectedBody } from './answer/collect-body.ts';
import type { PreparedAnswers } from './answer/prepared-answers.ts';
import type { SharedRuns } from './answer/shared-runs.ts';
import type { Limits } from './limits/tenant-limits.ts';
import type { Log } from './log.ts';
import type { ServedLake } from './question/tenant-question.ts';

/** What the routes use. */
export interface ServiceParts {
  readonly lake: ServedLake;
  readonly access: AccessSource;
  readonly limits: Limits;
  readonly answers: PreparedAnswers;
  readonly runs: SharedRuns<CollectedBody>;
  readonly log: Log;
  /** How long one answer may take. */
  readonly timeoutSeconds: number;
  readonly now: () => number;
  /** Whether the service takes no more requests, because it ends. */
  isEnding(): boolean;
}
