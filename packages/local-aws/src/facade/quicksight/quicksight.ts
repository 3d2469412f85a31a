import type { IncomingMessage } from 'node:http';
import { inputProblems } from '../../model/input-problems.ts';
import { restInput } from '../../model/rest-input.ts';
import { readServiceModel } from '../../model/service-model.ts';
import { awsRuleProblems } from '../../rules/aws-rules.ts';
import { AwsError } from '../aws-error.ts';
import type { InjectedFaults } from '../injected-faults.ts';
import { signatureScope } from '../signature-scope.ts';
import { quicksightOperations } from './quicksight-operations.ts';
import { QuickSightStore } from './quicksight-store.ts';

/**
 * QuickSight with state: data sources, data sets, themes, analyses, dashboards with their versions, permissions, tags, refresh schedules and
 * ingestions. Every request is checked by the model of the service and by the rules that the model does not hold. Definitions are checked
 * after the request, as the service does it: the state of what was written is in progress until it is read once.
 */
export class QuickSight {
  readonly #faults: InjectedFaults;
  readonly #stores = new Map<string, QuickSightStore>();

  constructor(faults: InjectedFaults) {
    this.#faults = faults;
  }

  /** The region of a request to QuickSight. Undefined for a request to another service. */
  static regionOf(request: IncomingMessage): string | undefined {
    const { region, service } = signatureScope(request);
    return service === 'quicksight' ? region : undefined;
  }

  /** @throws AwsError for a request that AWS refuses, or that the stand-in does not have */
  answer(region: string, { method = '', url = '' }: IncomingMessage, body: Buffer): object {
    const model = readServiceModel('quicksight');
    const found = restInput(model, method, url, body.toString('utf8'));
    const answer = quicksightOperations[found?.operation ?? ''];
    if (!found || !answer)
      throw new AwsError(
        'UnknownOperationException',
        `The stand-in has no ${found?.operation ?? url}`,
        {},
        404,
      );
    const { operation, input } = found;
    this.#faults.check('QuickSight', operation);
    const [problem] = [
      ...inputProblems(model, operation, input),
      ...awsRuleProblems({ service: 'quicksight', operation, input }),
    ];
    if (problem !== undefined) throw new AwsError('InvalidParameterValueException', problem);
    // The ARN of a tagged resource names the account; every other path begins with it.
    const account = String(input['AwsAccountId'] ?? String(input['ResourceArn']).split(':')[4]);
    const place = `${region}/${account}`;
    const store = this.#stores.get(place) ?? new QuickSightStore(region, account);
    this.#stores.set(place, store);
    return answer(store, input);
  }
}
