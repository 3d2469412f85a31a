import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError } from '../aws-error.ts';
import type { InjectedFaults } from '../injected-faults.ts';
import { readBody } from '../read-body.ts';
import { answerAsIs, forward } from './forward.ts';
import { OneAtATime } from './one-at-a-time.ts';
import type { PutRecordsFaults } from './put-records-faults.ts';

/** The services that the emulator answers rightly only when it has one request at a time. */
const serialServices = ['Kinesis', 'DynamoDB'] as const;
type SerialService = (typeof serialServices)[number];

/** Requests of one service that may wait. A client that gets ThrottlingException tries again. */
const mostWaiting = 1000;

/** A call of one of the services. */
export interface SerialCall {
  readonly service: SerialService;
  readonly operation: string;
}

interface SerialServicesOptions {
  readonly moto: string;
  readonly faults: InjectedFaults;
  readonly putRecordsFaults: PutRecordsFaults;
}

/**
 * Kinesis and DynamoDB, one request at a time for each: of concurrent PutRecords, moto 5.2.3 loses records and reports no error, and
 * its transactions see each other's changes. Requests are read in their turn, so those that wait need no memory here.
 */
export class SerialServices {
  readonly #options: SerialServicesOptions;
  readonly #turns = {
    Kinesis: new OneAtATime(mostWaiting),
    DynamoDB: new OneAtATime(mostWaiting),
  } satisfies Record<SerialService, OneAtATime>;

  constructor(options: SerialServicesOptions) {
    this.#options = options;
  }

  /** The call that a request is, by its X-Amz-Target, such as `Kinesis_20131202.PutRecords`; undefined for other services. */
  static callOf(request: IncomingMessage): SerialCall | undefined {
    const [prefix = '', operation = ''] = String(request.headers['x-amz-target'] ?? '').split('.');
    const service = serialServices.find((name) => prefix.startsWith(`${name}_`));
    return service && { service, operation };
  }

  /** Answers when those before it are answered. @throws AwsError when too many wait, or for a fault that was ordered */
  async answer(
    { service, operation }: SerialCall,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const turns = this.#turns[service];
    if (turns.isFull)
      throw new AwsError('ThrottlingException', `More than ${mostWaiting} requests to ${service} wait`);
    const { moto, faults, putRecordsFaults } = this.#options;
    const answer = await turns.run(async () => {
      if (response.destroyed) return undefined; // the client has gone
      const bytes = await readBody(request);
      faults.check(service, operation);
      return operation === 'PutRecords'
        ? putRecordsFaults.answer(bytes, (body) => forward(moto, request, body))
        : forward(moto, request, { bytes });
    });
    if (answer !== undefined) answerAsIs(response, answer);
  }
}
