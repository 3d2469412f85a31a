import type { Tenant } from '../access/access-file.ts';
import { Refusal } from '../refusal.ts';
import { createTokenBuckets } from './token-bucket.ts';

/** Holds the limits of tenants, before anything runs. */
export interface Limits {
  /** @throws Refusal 429 `RATE_EXCEEDED` */
  admitRequest(tenant: Tenant): void;
  /** @throws Refusal 429 `SCAN_BUDGET_SPENT`; 422 `QUESTION_TOO_LARGE` for more than an hour's budget */
  admitScan(tenant: Tenant, mostBytes: number): void;
  /** Nothing was read: the answer was in the cache. */
  returnScan(tenant: Tenant, mostBytes: number): void;
}

/** Limits in the memory of this process: each process of a service has its own. */
export function createLimits(now: () => number): Limits {
  const requests = createTokenBuckets(now);
  const scans = createTokenBuckets(now);
  return {
    admitRequest({ id, limits: { burst, requestsPerSecond } }) {
      const wait = requests.take(id, 1, { capacity: burst, perSecond: requestsPerSecond });
      if (wait > 0)
        throw new Refusal(
          429,
          'RATE_EXCEEDED',
          'Too many requests. Try again after a pause.',
          retryAfter(wait),
        );
    },
    admitScan({ id, limits: { scanBytesPerHour } }, mostBytes) {
      const size = { capacity: scanBytesPerHour, perSecond: scanBytesPerHour / 3600 };
      const wait = scans.take(id, mostBytes, size);
      if (wait === Number.POSITIVE_INFINITY)
        throw new Refusal(
          422,
          'QUESTION_TOO_LARGE',
          'The question could read more than an hour allows. Ask for fewer days.',
        );
      if (wait > 0)
        throw new Refusal(
          429,
          'SCAN_BUDGET_SPENT',
          'What your questions may read in an hour is spent. Ask for fewer days, or later.',
          retryAfter(wait),
        );
    },
    returnScan: ({ id }, mostBytes) => scans.giveBack(id, mostBytes),
  };
}

const retryAfter = (seconds: number) => ({ headers: { 'Retry-After': String(Math.ceil(seconds)) } });
