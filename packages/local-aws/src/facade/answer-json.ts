import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { AwsError } from './aws-error.ts';

/** Answers in AWS's JSON protocol, which writes dates as seconds since 1970. */
export function answerJson(response: ServerResponse, body: object, status = 200): void {
  const text = JSON.stringify(body, function (key, value) {
    // A Date is a string by the time a replacer sees the value; its holder still has the Date.
    const held: unknown = this[key];
    return held instanceof Date ? held.getTime() / 1000 : value;
  });
  response
    .writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() })
    .end(text);
}

/** Answers with an exception. An error that is not one of AWS's is a defect of the façade, and becomes a 500. */
export function answerError(response: ServerResponse, error: unknown): void {
  const known =
    error instanceof AwsError
      ? error
      : new AwsError(
          'InternalServerException',
          error instanceof Error ? error.message : String(error),
          {},
          500,
        );
  if (known.status >= 500) console.error(error);
  // Some services write `message`, some `Message`; clients read either.
  const { type, message, details, status } = known;
  answerJson(response, { __type: type, message, Message: message, ...details }, status);
}
