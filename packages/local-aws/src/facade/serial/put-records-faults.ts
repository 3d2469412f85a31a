import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import type { ReadBody } from '../emulator-request.ts';
import type { EmulatorAnswer } from './forward.ts';
import { type PutRecordsFault, type RecordError, type RequestError, randomFaults } from './random-faults.ts';

const recordError = z.enum(['ProvisionedThroughputExceededException', 'InternalFailure']);
const requestErrors = {
  ProvisionedThroughputExceededException: { status: 400, message: 'Rate exceeded for the stream' },
  InternalFailure: { status: 500, message: 'Internal service failure.' },
  ServiceUnavailable: { status: 503, message: 'The service is unavailable.' },
} as const satisfies Record<RequestError, object>;
const share = z.number().min(0).max(1).default(0);

/** What happens to one request. */
const step = z.union([
  /** Records with these partition keys fail, or those at these positions of the request; the others are put. */
  z.strictObject({
    partitionKeys: z.array(z.string()).default([]),
    positions: z.array(z.int().min(0)).default([]),
    error: recordError.default('ProvisionedThroughputExceededException'),
  }),
  /** The whole request fails, and nothing is put. */
  z.strictObject({
    request: z.enum(Object.keys(requestErrors) as RequestError[]),
  }),
  /** All records are put, but the client gets an error with status 500. */
  z.strictObject({ answer: z.literal('lost') }),
  z.literal('pass'),
]);

const order = z.object({
  stream: z.string(),
  /** One for each of the next requests; later ones pass. */
  steps: z.array(step).optional(),
  /** Or the shares of records that fail, of requests that fail whole, and of requests whose answer is lost, drawn by a seed. */
  random: z.strictObject({ seed: z.int(), records: share, requests: share, lostAnswers: share }).optional(),
});

const input = z.looseObject({
  StreamName: z.string().optional(),
  StreamARN: z.string().optional(),
  Records: z.array(z.looseObject({ PartitionKey: z.string() })),
});
type Input = z.infer<typeof input>;

const output = z.looseObject({ FailedRecordCount: z.int().default(0), Records: z.array(z.unknown()) });

/**
 * Failures of PutRecords that a test has ordered for its stream: the emulator never throttles, and a request to it either succeeds or
 * fails as a whole. Only requests in JSON can be changed, which are those of all SDKs but Java's.
 */
export class PutRecordsFaults {
  readonly #plans = new Map<string, (records: readonly { PartitionKey: string }[]) => PutRecordsFault>();

  /** Replaces the plan of a stream by one that was posted to `/_local/put-records-faults`. Without steps and shares, none is left. */
  order(body: Buffer): void {
    const { stream, steps, random } = order.parse(JSON.parse(body.toString('utf8')));
    if (random) this.#plans.set(stream, randomFaults(random));
    else if (steps) this.#plans.set(stream, scriptedFaults(steps));
    else this.#plans.delete(stream);
  }

  /** @throws AwsError for a request that fails whole */
  async answer(bytes: Buffer, send: (body: ReadBody) => Promise<EmulatorAnswer>): Promise<EmulatorAnswer> {
    if (this.#plans.size === 0 || bytes[0] !== 0x7b) return send({ bytes });
    const request = input.parse(JSON.parse(bytes.toString('utf8')));
    const stream = request.StreamName ?? request.StreamARN?.split('/').at(-1) ?? '';
    const fault = this.#plans.get(stream)?.(request.Records) ?? { kind: 'pass' };
    if (fault.kind === 'request') throw requestError(fault.error);
    if (fault.kind === 'records') return withoutRecords(request, fault.errors, send);
    const answer = await send({ bytes });
    if (fault.kind === 'lost' && answer.status === 200) throw requestError('InternalFailure');
    return answer;
  }
}

function requestError(type: RequestError): AwsError {
  const { message, status } = requestErrors[type];
  return new AwsError(type, message, {}, status);
}

function scriptedFaults(
  steps: readonly z.infer<typeof step>[],
): (records: readonly { PartitionKey: string }[]) => PutRecordsFault {
  const left = [...steps];
  return (records) => {
    const next = left.shift() ?? 'pass';
    if (next === 'pass') return { kind: 'pass' };
    if ('request' in next) return { kind: 'request', error: next.request };
    if ('answer' in next) return { kind: 'lost' };
    const keys = new Set(next.partitionKeys);
    const positions = new Set(next.positions);
    const failed = records.flatMap(({ PartitionKey }, index) =>
      positions.has(index) || keys.has(PartitionKey) ? [[index, next.error] as const] : [],
    );
    return { kind: 'records', errors: new Map(failed) };
  };
}

/** Puts the records that do not fail, and answers for each at its position. */
async function withoutRecords(
  request: Input,
  errors: ReadonlyMap<number, RecordError>,
  send: (body: ReadBody) => Promise<EmulatorAnswer>,
): Promise<EmulatorAnswer> {
  const kept = request.Records.filter((_, index) => !errors.has(index));
  const bytes = Buffer.from(JSON.stringify({ ...request, Records: kept }));
  const headers = ['content-type', 'application/x-amz-json-1.1'];
  const answer = kept.length > 0 ? await send({ bytes, isChanged: true }) : undefined;
  if (answer !== undefined && answer.status !== 200) return answer;
  const put = answer
    ? output.parse(JSON.parse(answer.body.toString('utf8')))
    : { FailedRecordCount: 0, Records: [] };
  const results = [...put.Records];
  const Records = request.Records.map((_, index) => {
    const ErrorCode = errors.get(index);
    if (ErrorCode === undefined) return results.shift();
    return { ErrorCode, ErrorMessage: requestErrors[ErrorCode].message };
  });
  const body = { ...put, FailedRecordCount: put.FailedRecordCount + errors.size, Records };
  return { status: 200, headers, body: Buffer.from(JSON.stringify(body)) };
}
