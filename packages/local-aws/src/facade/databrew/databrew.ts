import type { IncomingMessage } from 'node:http';
import { inputProblems } from '../../model/input-problems.ts';
import { restInput } from '../../model/rest-input.ts';
import { readServiceModel } from '../../model/service-model.ts';
import { awsRuleProblems } from '../../rules/aws-rules.ts';
import { AwsError } from '../aws-error.ts';
import type { InjectedFaults } from '../injected-faults.ts';
import { signatureScope } from '../signature-scope.ts';
import { databrewOperations } from './databrew-operations.ts';
import { DataBrewStore } from './databrew-store.ts';
import { checkReferences } from './references.ts';

/**
 * Glue DataBrew. Every request is checked by the model of the service, by the rules that the model does not hold, and for what
 * it refers to. Recipes are kept with their versions; they are not run.
 */
export class DataBrew {
  readonly #faults: InjectedFaults;
  readonly #stores = new Map<string, DataBrewStore>();

  constructor(faults: InjectedFaults) {
    this.#faults = faults;
  }

  /** The region of a request to DataBrew. Undefined for a request to another service: only the signature names it. */
  static regionOf(request: IncomingMessage): string | undefined {
    const { region, service } = signatureScope(request);
    return service === 'databrew' ? region : undefined;
  }

  /** @throws AwsError for a request that AWS refuses, or that the stand-in does not have */
  answer(region: string, { method = '', url = '' }: IncomingMessage, body: Buffer): object {
    const model = readServiceModel('databrew');
    const found = restInput(model, method, url, body.toString('utf8'));
    const answer = databrewOperations[found?.operation ?? ''];
    if (!found || !answer)
      throw new AwsError(
        'UnknownOperationException',
        `The stand-in has no ${found?.operation ?? url}`,
        {},
        404,
      );
    const { operation, input } = found;
    this.#faults.check('AWSGlueDataBrew', operation);
    const [problem] = [
      ...inputProblems(model, operation, input),
      ...awsRuleProblems({ service: 'databrew', operation, input }),
    ];
    if (problem !== undefined) throw new AwsError('ValidationException', problem);
    const store = this.#stores.get(region) ?? new DataBrewStore(region);
    this.#stores.set(region, store);
    checkReferences(store, operation, input);
    return answer(store, input);
  }
}
