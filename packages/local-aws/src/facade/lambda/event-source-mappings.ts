import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { inputProblems } from '../../model/input-problems.ts';
import { restInput } from '../../model/rest-input.ts';
import { readServiceModel } from '../../model/service-model.ts';
import type { Members } from '../../rules/aws-rule.ts';
import { AwsError } from '../aws-error.ts';
import { signatureScope } from '../signature-scope.ts';

const account = '123456789012';
const path = /^\/2015-03-31\/event-source-mappings(?:\/|\?|$)/;

/** What the service sets where a request says nothing. */
const defaults = { BatchSize: 100, MaximumBatchingWindowInSeconds: 0 } as const;

/**
 * Event source mappings of Lambda. They are kept and listed, and nothing polls: a test reads the settings and runs the poller. moto
 * would invoke the function in Docker for every record that is put, also once the mapping is deleted.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html
 */
export class EventSourceMappings {
  readonly #moto: string;
  readonly #held = new Map<string, Members>();

  constructor(moto: string) {
    this.#moto = moto;
  }

  /** The region of a request that is about a mapping. Undefined for any other one. */
  static regionOf(request: IncomingMessage): string | undefined {
    return path.test(request.url ?? '') ? (signatureScope(request).region ?? 'us-east-1') : undefined;
  }

  /** @throws AwsError for a request that Lambda refuses */
  async answer(region: string, { method = '', url = '' }: IncomingMessage, body: Buffer): Promise<object> {
    const model = readServiceModel('lambda');
    const [bare = '', query] = url.split('?');
    const trimmed = bare.replace(/\/$/, '');
    const forms = [trimmed, `${trimmed}/`].map((form) => (query === undefined ? form : `${form}?${query}`));
    const found = forms
      .map((form) => restInput(model, method, form, body.toString('utf8')))
      .find((one) => one !== undefined);
    if (found === undefined)
      throw new AwsError('UnknownOperationException', `The stand-in has no ${url}`, {}, 404);
    const { operation, input } = found;
    const [problem] = inputProblems(model, operation, input);
    if (problem !== undefined) throw new AwsError('InvalidParameterValueException', problem);
    switch (operation) {
      case 'CreateEventSourceMapping':
        return this.#create(region, input);
      case 'ListEventSourceMappings':
        return { EventSourceMappings: [...this.#held.values()].filter((one) => isAsked(one, input)) };
      case 'GetEventSourceMapping':
        return this.#get(input);
      case 'UpdateEventSourceMapping':
        return this.#put({ ...this.#get(input), ...changesOf(region, input) });
      default: {
        const last = this.#get(input);
        this.#held.delete(String(input['UUID']));
        return { ...last, State: 'Deleting' };
      }
    }
  }

  async #create(region: string, input: Members): Promise<Members> {
    const name = functionName(input['FunctionName']);
    const answer = await fetch(`${this.#moto}/2015-03-31/functions/${name}`, {
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/lambda/aws4_request, SignedHeaders=host, Signature=none`,
      },
    });
    await answer.body?.cancel();
    if (!answer.ok)
      throw new AwsError(
        'ResourceNotFoundException',
        `Function not found: ${functionArn(region, name)}`,
        {},
        404,
      );
    const twin = [...this.#held.values()].find(
      ({ EventSourceArn, FunctionArn }) =>
        EventSourceArn !== undefined &&
        EventSourceArn === input['EventSourceArn'] &&
        FunctionArn === functionArn(region, name),
    );
    if (twin !== undefined)
      throw new AwsError(
        'ResourceConflictException',
        `The event source arn and function ${name} are already mapped: UUID ${String(twin['UUID'])}`,
        {},
        409,
      );
    const UUID = randomUUID();
    const EventSourceMappingArn = `arn:aws:lambda:${region}:${account}:event-source-mapping:${UUID}`;
    return this.#put({
      ...defaults,
      State: 'Enabled',
      ...changesOf(region, input),
      UUID,
      EventSourceMappingArn,
    });
  }

  #get({ UUID }: Members): Members {
    const found = this.#held.get(String(UUID));
    if (found === undefined)
      throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', {}, 404);
    return found;
  }

  #put(mapping: Members): Members {
    const dated = { ...mapping, LastModified: new Date() };
    this.#held.set(String(mapping['UUID']), dated);
    return dated;
  }
}

/** The members of a request as a mapping has them. */
function changesOf(region: string, { FunctionName, Enabled, Tags: _tags, ...settings }: Members): Members {
  return {
    ...settings,
    ...(FunctionName === undefined ? {} : { FunctionArn: functionArn(region, functionName(FunctionName)) }),
    ...(Enabled === undefined ? {} : { State: Enabled === true ? 'Enabled' : 'Disabled' }),
  };
}

const functionName = (value: unknown): string =>
  /:function:([^:]+)/.exec(String(value))?.[1] ?? String(value);

const functionArn = (region: string, name: string): string =>
  `arn:aws:lambda:${region}:${account}:function:${name}`;

function isAsked({ EventSourceArn, FunctionArn }: Members, input: Members): boolean {
  return (
    (input['EventSourceArn'] === undefined || input['EventSourceArn'] === EventSourceArn) &&
    (input['FunctionName'] === undefined || functionName(input['FunctionName']) === functionName(FunctionArn))
  );
}
