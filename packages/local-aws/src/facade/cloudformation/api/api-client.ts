import { inputProblems } from '../../../model/input-problems.ts';
import { readServiceModel, type ServiceModel } from '../../../model/service-model.ts';
import { AwsError } from '../../aws-error.ts';
import { queryForm } from './query-form.ts';
import { restRequest } from './rest-request.ts';
import { type ShapedInput, shapeInput } from './shape-input.ts';

/** A request of one of AWS's protocols. */
interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Where calls go. */
export interface ApiPlace {
  /** The address of the stand-in. */
  readonly url: string;
  readonly region: string;
}

type Members = Readonly<Record<string, unknown>>;

/** Calls any service of the stand-in by its model, in the protocol of the service. S3 is not among them: it speaks XML. */
export class ApiClient {
  readonly place: ApiPlace;

  constructor(place: ApiPlace) {
    this.place = place;
  }

  /** The input of an operation as the API has it, of properties of a resource. */
  shape(service: string, operation: string, properties: Members): ShapedInput {
    return shapeInput(readServiceModel(service), operation, properties);
  }

  /**
   * Calls an operation.
   *
   * @param service as botocore names it
   * @returns what the service answered; for a service with XML, each element without children by its name
   * @throws AwsError for an input that the model of the service does not take, and for every other error of the service
   */
  async call(service: string, operation: string, input: Members): Promise<Members> {
    const model = readServiceModel(service);
    const [problem] = inputProblems(model, operation, input);
    if (problem !== undefined) throw new AwsError('ValidationException', problem);
    const { method, path, headers, body } = requestOf(model, operation, input);
    const answer = await fetch(`${this.place.url}${path}`, {
      method,
      headers: { ...headers, authorization: this.#authorization(model), 'x-amz-date': '20260101T000000Z' },
      ...(method === 'GET' || method === 'DELETE' ? {} : { body }),
    });
    const text = await answer.text();
    if (!answer.ok) throw errorOf(answer, text, operation);
    if (text.startsWith('<')) return elementsOf(text);
    return text === '' ? {} : JSON.parse(text);
  }

  #authorization({ metadata }: ServiceModel): string {
    const service = metadata.signingName ?? metadata.endpointPrefix;
    return `AWS4-HMAC-SHA256 Credential=local/20260101/${this.place.region}/${service}/aws4_request, SignedHeaders=host, Signature=none`;
  }
}

function requestOf(model: ServiceModel, operation: string, input: Members): WireRequest {
  const { protocol, targetPrefix, jsonVersion = '1.1', apiVersion } = model.metadata;
  if (protocol === 'rest-json') return restRequest(model, operation, input);
  if (protocol === 'query') {
    const body = queryForm({ Action: operation, Version: apiVersion }, input);
    return {
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    };
  }
  if (targetPrefix === undefined) throw new Error(`${operation}: the stand-in cannot speak ${protocol}`);
  const headers = {
    'content-type': `application/x-amz-json-${jsonVersion}`,
    'x-amz-target': `${targetPrefix}.${operation}`,
  };
  return { method: 'POST', path: '/', headers, body: JSON.stringify(input) };
}

/** The texts of the elements without children, by name; the first of each name. */
function elementsOf(xml: string): Members {
  const elements: Record<string, string> = {};
  for (const [, name = '', text = ''] of xml.matchAll(/<(\w+)>([^<]*)<\/\1>/g)) elements[name] ??= text;
  return elements;
}

function errorOf(answer: Response, text: string, operation: string): AwsError {
  const members: Members = text.startsWith('{') ? JSON.parse(text) : elementsOf(text);
  const type = answer.headers.get('x-amzn-errortype') ?? members['__type'] ?? members['Code'] ?? 'Failure';
  const message = members['message'] ?? members['Message'] ?? (text.slice(0, 300) || answer.statusText);
  const [name = ''] = (String(type).split('#').at(-1) ?? '').split(':');
  return new AwsError(name, `${operation}: ${String(message)}`, {}, answer.status);
}
