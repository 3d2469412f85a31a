import { z } from 'zod';
import { AwsError } from './aws-error.ts';

const faults = {
  TooManyRequestsException: {
    message: 'Rate exceeded',
    details: { Reason: 'CONCURRENT_QUERY_LIMIT_EXCEEDED' },
  },
  ThrottlingException: { message: 'Rate exceeded', details: {} },
  InternalServerException: { message: 'Internal error', details: {} },
} as const;

const order = z.object({
  /** How many of the next requests fail; 0 cancels an earlier order. */
  count: z.int().min(0),
  service: z.enum(['AmazonAthena', 'AWSGlue', 'AWSGlueDataBrew']).default('AmazonAthena'),
  /** One operation, such as GetQueryExecution. Defaults to every operation of the service. */
  operation: z.string().optional(),
  error: z.enum(['TooManyRequestsException', 'ThrottlingException', 'InternalServerException']).optional(),
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
  check(service: string, operation: string): void {
    const due = this.#orders.find(
      (other) => other.count > 0 && other.service === service && (other.operation ?? operation) === operation,
    );
    if (due === undefined) return;
    due.count -= 1;
    const type =
      due.error ?? (service === 'AmazonAthena' ? 'TooManyRequestsException' : 'ThrottlingException');
    const { message, details } = faults[type];
    throw new AwsError(type, message, details, type === 'InternalServerException' ? 500 : 400);
  }
}
