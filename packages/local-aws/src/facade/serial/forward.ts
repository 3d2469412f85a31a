import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { AwsError } from '../aws-error.ts';
import { emulatorRequest, type ReadBody } from '../emulator-request.ts';

/** A whole answer of the emulator. */
export interface EmulatorAnswer {
  readonly status: number;
  /** Names and values in turns, as they came. */
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/**
 * Sends a request to the emulator and waits for the whole answer, also when the client has gone meanwhile: what the emulator has begun
 * it goes on with, so the next request has to wait for it.
 *
 * @throws AwsError with status 503 when the emulator does not answer
 */
export async function forward(
  upstream: string,
  from: IncomingMessage,
  body: ReadBody,
): Promise<EmulatorAnswer> {
  try {
    const forwarded = emulatorRequest(upstream, from, body);
    const answered = once(forwarded, 'response');
    forwarded.end(body.bytes);
    const [answer]: IncomingMessage[] = await answered;
    if (answer === undefined) throw new Error('no answer');
    return { status: answer.statusCode ?? 502, headers: answer.rawHeaders, body: await buffer(answer) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AwsError('ServiceUnavailable', `The emulator does not answer: ${reason}`, {}, 503);
  }
}

/** Answers as the emulator did. */
export function answerAsIs(response: ServerResponse, { status, headers, body }: EmulatorAnswer): void {
  response.writeHead(status, [...headers]).end(body);
}
