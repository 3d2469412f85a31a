import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { ZodError, z } from 'zod';
import { AwsError } from '../aws-error.ts';
import { xmlText } from './xml-text.ts';

/** Where the answers of a service belong, by its model. */
const namespaces = {
  cloudformation: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
} as const;

/** A service whose answers are written here. */
type QueryService = keyof typeof namespaces;

function xmlOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => `<member>${xmlOf(item)}</member>`).join('');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => `<${name}>${xmlOf(item)}</${name}>`)
      .join('');
  return xmlText(String(value));
}

/** Answers in AWS's query protocol. @param result the members of the operation's output */
export function answerXml(
  response: ServerResponse,
  service: QueryService,
  operation: string,
  result: object,
): void {
  send(
    response,
    200,
    `<${operation}Response xmlns="${namespaces[service]}"><${operation}Result>${xmlOf(result)}</${operation}Result>` +
      `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${operation}Response>`,
  );
}

/**
 * Answers with an exception in AWS's query protocol: `ValidationError` for an input of another shape. An error that is not one of AWS's is a
 * defect of the façade, and becomes a 500.
 */
export function answerXmlError(response: ServerResponse, service: QueryService, error: unknown): void {
  const known = awsErrorOf(error);
  if (known.status >= 500) console.error(error);
  const { type: Code, message: Message, status } = known;
  const Type = status >= 500 ? 'Receiver' : 'Sender';
  send(
    response,
    status,
    `<ErrorResponse xmlns="${namespaces[service]}"><Error>${xmlOf({ Type, Code, Message })}</Error>` +
      `<RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
  );
}

function awsErrorOf(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  if (error instanceof ZodError) return new AwsError('ValidationError', z.prettifyError(error));
  return new AwsError('InternalFailure', error instanceof Error ? error.message : String(error), {}, 500);
}

function send(response: ServerResponse, status: number, xml: string): void {
  response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
}
