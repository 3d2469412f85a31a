import type { IncomingMessage, ServerResponse } from 'node:http';
import { S3Client } from '@aws-sdk/client-s3';
import { AwsError } from '../aws-error.ts';
import { queryInput } from '../query-protocol/query-input.ts';
import { answerXml, answerXmlError } from '../query-protocol/xml-answer.ts';
import { readBody } from '../read-body.ts';
import { signatureScope } from '../signature-scope.ts';
import { ApiClient } from './api/api-client.ts';
import type { StackRegion } from './operations/stack-operation.ts';
import { stackOperations } from './operations/stack-operations.ts';
import { type StackGaps, stackGaps } from './stacks/describe-stack.ts';
import { account, StackStore } from './stacks/stack-store.ts';

/**
 * CloudFormation: stacks and change sets, whose resources are made by the APIs of their services. What it does not make of a template it
 * lists ({@link gaps}).
 */
export class CloudFormation {
  readonly #regions = new Map<string, StackRegion>();

  /** The region of a request to CloudFormation. Undefined for a request to another service. */
  static regionOf(request: IncomingMessage): string | undefined {
    const { region, service } = signatureScope(request);
    return service === 'cloudformation' ? region : undefined;
  }

  /** Answers a request. The stand-in is called at the address at which the request came. */
  async answer(region: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const { Action = '', ...input } = queryInput((await readBody(request)).toString('utf8'));
      const operation = stackOperations[String(Action)];
      if (operation === undefined)
        throw new AwsError('InvalidAction', `The stand-in has no CloudFormation operation ${String(Action)}`);
      const { localAddress, localPort } = request.socket;
      const url = `http://${localAddress}:${localPort}`;
      const result = await operation(input, this.#region(region, url));
      answerXml(response, 'cloudformation', String(Action), result);
    } catch (error) {
      answerXmlError(response, 'cloudformation', error);
    }
  }

  /** What the stand-in did not make of a stack's template. @throws AwsError when there is no such stack */
  gaps(region: string, stackName: string): StackGaps {
    const found = this.#regions.get(region)?.store.get(stackName);
    if (found === undefined)
      throw new AwsError('ValidationError', `Stack with id ${stackName} does not exist`);
    return stackGaps(found);
  }

  #region(region: string, url: string): StackRegion {
    const known = this.#regions.get(region);
    if (known !== undefined) return known;
    const place = {
      api: new ApiClient({ url, region }),
      s3: new S3Client({
        endpoint: url,
        region,
        forcePathStyle: true,
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      }),
      region,
      account,
    };
    const made = { store: new StackStore(region), place };
    this.#regions.set(region, made);
    return made;
  }
}
