import { z } from 'zod';
import { AwsError } from './aws-error.ts';

const faults = {
  TooManyRequestsException: {
    message: 'Rate exceeded',
    details: { Reason: 'CONCURRENT_QUERY_LIMIT_EXCEEDED' },
    status: 400,
  },
  ThrottlingException: { message: 'Rate exceeded', details: {}, status: 400 },
  ProvisionedThroughputExceededException: { message: 'Rate exceeded', details: {}, status: 400 },
  ExpiredIteratorException: { message: 'Iterator expired', details: {}, status: 400 },
  InternalServerException: { message: 'Internal error', details: {}, status: 500 },
  InternalServerError: { message: 'Internal error', details: {}, status: 500 },
  InternalFailure: { message: 'Internal error', details: {}, status: 500 },
} as const;
type Fault = keyof typeof faults;

/** The services whose requests may be made to fail, each with the error by which it throttles. */
const throttles = {
  AmazonAthena: 'TooManyRequestsException',
  AWSGlue: 'ThrottlingException',
  AWSGlueDataBrew: 'ThrottlingException',
  QuickSight: 'ThrottlingException',
  Kinesis: 'ProvisionedThroughputExceededException',
  DynamoDB: 'ProvisionedThroughputExceededException',
} as const satisfies Record<string, Fault>;

/** A service whose requests may be made to fail, by its name in the protocol. */
export type FaultyService = keyof typeof throttles;

const order = z.object({
  /** How many of the next requests fail; 0 cancels an earlier order. */
  count: z.int().min(0),
  service: z.enum(Object.keys(throttles) as FaultyService[]).default('AmazonAthena'),
  /** One operation, such as GetQueryExecution. Defaults to every operation of the service. */
  operation: z.string().optional(),
  error: z.enum(Object.keys(faults) as Fault[]).optional(),
});

/** Failures that a test has ordered, to check that a client retries. */
export class InjectedFaults {
  #orders: z.infer<typeof order>[] = [];

  /** Adds an order that was posted to `/_local/throttle`. */
  add(body: Buffer): void {
    const parsed = order.parse(JSON.parse(body.toString('utf8')));
    this.#orders = this.#orders.filter(
      (other) => other.service !== parsed.service || other.operation !== parsed.operation,
    );
    if (parsed.count > 0) this.#orders.push(parsed);
  }

  /** @throws AwsError when a failure was ordered for this operation */
  check(service: FaultyService, operation: string): void {
    const due = this.#orders.find(
      (other) => other.count > 0 && other.service === service && (other.operation ?? operation) === operation,
    );
    if (due === undefined) return;
    due.count -= 1;
    const type = due.error ?? throttles[service];
    const { message, details, status } = faults[type];
    throw new AwsError(type, message, details, status);
  }
}
