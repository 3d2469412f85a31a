import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBody } from '../../facade/read-body.ts';

/** What a runtime answered to an invocation. */
export type InvocationAnswer = { readonly response: string } | { readonly error: RuntimeError };

/** An error as a runtime reports it. */
export interface RuntimeError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly stackTrace?: readonly string[];
}

interface Invocation {
  readonly id: string;
  readonly event: string;
  readonly deadline: number;
  answer(answer: InvocationAnswer): void;
}

/**
 * The Runtime API of Lambda (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html) for one execution environment: a runtime asks for an
 * invocation, and answers with a response or an error. One invocation is given out at a time.
 */
export class RuntimeApi {
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #waiting: Invocation[] = [];
  /** The request of a runtime that waits for an invocation. */
  #next: ServerResponse | undefined;
  #current: Invocation | undefined;
  #functionArn: string;
  /** Called when a runtime asks for an invocation: it is then done with the one before. */
  onNext: () => void = () => {};
  /** Called when a runtime cannot start, such as for a handler that is missing. */
  onInitError: (error: RuntimeError) => void = () => {};

  constructor(functionArn: string) {
    this.#functionArn = functionArn;
  }

  /** @returns the address without a scheme, as in `AWS_LAMBDA_RUNTIME_API` */
  async listen(): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#server.listen(0, '127.0.0.1', resolve);
    await promise;
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Closes every connection, also that of a runtime that waits. */
  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** @param deadline milliseconds since 1970, which the runtime passes to the handler */
  invoke(event: string, deadline: number): Promise<InvocationAnswer> {
    return new Promise((resolve) => {
      this.#waiting.push({ id: randomUUID(), event, deadline, answer: resolve });
      this.#giveOut();
    });
  }

  /** Ends the present invocation, whose runtime is gone. */
  abandon(error: RuntimeError): void {
    this.#next = undefined;
    this.#current?.answer({ error });
    this.#current = undefined;
  }

  #giveOut(): void {
    const [response, invocation] = [this.#next, this.#waiting[0]];
    if (!response || !invocation || this.#current) return;
    this.#waiting.shift();
    this.#next = undefined;
    this.#current = invocation;
    response.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': invocation.id,
      'lambda-runtime-deadline-ms': String(invocation.deadline),
      'lambda-runtime-invoked-function-arn': this.#functionArn,
      'lambda-runtime-trace-id': 'Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=0',
    });
    response.end(invocation.event);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, id, kind] = /^\/2018-06-01\/runtime\/(?:invocation\/)?([^/]+)(?:\/(response|error))?$/.exec(
      request.url ?? '',
    ) ?? ['', '', ''];
    if (request.method === 'GET' && id === 'next') {
      this.#next = response;
      response.on('close', () => {
        if (this.#next === response) this.#next = undefined;
      });
      this.onNext();
      this.#giveOut();
      return;
    }
    const body = (await readBody(request)).toString('utf8');
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"status":"OK"}');
    if (id === 'init') this.onInitError(JSON.parse(body));
    const invocation = this.#current;
    if (invocation?.id !== id) return;
    this.#current = undefined;
    invocation.answer(kind === 'response' ? { response: body } : { error: JSON.parse(body) });
  }
}
