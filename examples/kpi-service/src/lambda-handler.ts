import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { answerFormats } from './answer/answer-format.ts';
import { Refusal } from './refusal.ts';
import { refusalOf } from './refusal-of-error.ts';
import type { KpiService } from './service.ts';

/** What Lambda takes as the answer of a function (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html), with room for its envelope. */
const mostBytes = 5_900_000;

const texts: ReadonlySet<string> = new Set([answerFormats.json, answerFormats.lines]);

/** A service as the handler of a function URL, an API Gateway or a load balancer. Answers are whole, since Lambda takes them so. */
export function lambdaHandler(service: KpiService) {
  const inner = handle(service.app, {
    isContentTypeBinary: (type) => !texts.has(type.split(';')[0]?.trim() ?? ''),
  });
  return async (event: LambdaEvent, context?: LambdaContext) => {
    try {
      const result = await inner(event, context);
      return result.body.length > mostBytes ? errorResult(tooLarge()) : result;
    } catch (error) {
      // A stream that fails after its first part.
      return errorResult(refusalOf(error, Date.now()));
    }
  };
}

const tooLarge = (): Refusal =>
  new Refusal(422, 'ANSWER_TOO_LARGE', 'The answer is larger than 5.9 MB. Ask for fewer days or rows.');

const errorResult = ({ status, body }: Refusal) => ({
  statusCode: status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store', vary: 'Authorization' },
  body: JSON.stringify(body),
  isBase64Encoded: false,
});
