import type { StackActivity } from '@aws-cdk/toolkit-lib';
import { resourceWords } from '../stack/resource-kinds.ts';
import type { StackTemplate } from '../stack/stack-template.ts';

/** A step of a deployment, for somebody who waits. */
export interface DeployStep {
  /** What is going on: `creating bucket shop-lake`. */
  readonly doing: string;
  /** Whether the resource has reached the state that it was to reach. */
  readonly isComplete: boolean;
  readonly done: number;
  readonly total: number | undefined;
}

/** A resource that failed, with the reason of its service. */
export interface FailedResource {
  readonly resource: string;
  readonly reason: string;
  readonly advice?: string;
}

/** What CloudFormation says of resources that it stopped because another one failed. */
const followers = /^(Resource (creation|update|deletion) cancelled|The following resource\(s\) failed)/i;

/** What to do about reasons that come up again and again. */
const advices: readonly (readonly [reason: RegExp, advice: string])[] = [
  [
    /already exists|AlreadyOwnedByYou/i,
    'It exists outside of the stack: give --adopt, or another name in the config',
  ],
  [
    /is not authorized|AccessDenied|not allowed to/i,
    'The roles of the bootstrap stack lack a permission: give --bootstrap to bring them up to date, or ask who restricted them',
  ],
  [
    /LimitExceeded|quota|maximum (number|limit)/i,
    'A quota of the account is used up: ask for more in the console, Service Quotas',
  ],
  [
    /cannot be assumed|is not in a valid state|eventual/i,
    'A new role needs some seconds until every service knows it: deploy again',
  ],
  [
    /is not subscribed|opt.?in|not supported in (this )?region/i,
    'The region lacks the service, or the account has not turned it on',
  ],
];

/** Collects what CloudFormation reports about the resources of a stack. */
export class StackActivities {
  readonly failed: FailedResource[] = [];
  readonly #templates: readonly (StackTemplate | undefined)[];
  readonly #paths: ReadonlyMap<string, string>;
  readonly #onStep: ((step: DeployStep) => void) | undefined;

  /**
   * @param templates the templates in which resources are looked up, the new one first
   * @param paths the paths of constructs by logical id
   * @param onStep called with each step of a resource
   */
  constructor(
    templates: readonly (StackTemplate | undefined)[],
    paths: ReadonlyMap<string, string>,
    onStep?: (step: DeployStep) => void,
  ) {
    this.#templates = templates;
    this.#paths = paths;
    this.#onStep = onStep;
  }

  /** Takes one report of CloudFormation. */
  readonly add = ({ event, progress }: StackActivity): void => {
    const { LogicalResourceId: id = '', ResourceType: type = '', ResourceStatus: status = '' } = event;
    const reason = event.HookStatusReason ?? event.ResourceStatusReason ?? '';
    if (type === 'AWS::CloudFormation::Stack') return;
    const resource = this.#words(id, type);
    if (status.endsWith('_FAILED') && !followers.test(reason)) {
      const [, advice] = advices.find(([pattern]) => pattern.test(reason)) ?? [];
      this.failed.push({ resource, reason, ...(advice === undefined ? {} : { advice }) });
    }
    const [, verb = ''] = /^(CREATE|UPDATE|DELETE|IMPORT|ROLLBACK|UPDATE_ROLLBACK)/.exec(status) ?? [];
    this.#onStep?.({
      doing: `${verbs[verb] ?? status.toLowerCase()} ${resource}`,
      isComplete: status.endsWith('_COMPLETE') || status === 'DELETE_SKIPPED',
      done: progress.completed,
      total: progress.total,
    });
  };

  #words(id: string, type: string): string {
    const found = this.#templates.map((template) => template?.Resources?.[id]).find(Boolean);
    return resourceWords(id, found ?? { Type: type }, this.#paths.get(id));
  }
}

const verbs: Readonly<Record<string, string>> = {
  CREATE: 'creating',
  UPDATE: 'updating',
  DELETE: 'deleting',
  IMPORT: 'taking in',
  ROLLBACK: 'taking back',
  UPDATE_ROLLBACK: 'taking back',
};
