import { CallerBudgets, FairSlots, RateLimit, type ScanBudget } from '@headwater/access';
import type { Tenant } from '../access/access-file.ts';
import { Refusal } from '../refusal.ts';

/** Holds the limits of tenants, before anything runs. */
export interface Limits {
  /** @throws Refusal 429 `RATE_EXCEEDED` */
  admitRequest(tenant: Tenant): void;
  /** What the questions of a tenant may read in an hour. */
  budgetOf(tenant: Tenant): ScanBudget;
  /**
   * Waits until it is the tenant's turn.
   *
   * @returns ends the turn
   * @throws HeadwaterError `CALLER_BUSY`, `QUERY_QUEUE_FULL`, `QUERY_QUEUE_TIMEOUT`
   */
  takeTurn(tenant: Tenant, signal: AbortSignal): Promise<() => void>;
  /** How many questions run and wait now. */
  readonly turns: { readonly running: number; readonly waiting: number };
}

/** How many questions run and wait, of all tenants together. */
export interface ServiceLimits {
  readonly running: number;
  readonly waiting: number;
  /** Seconds that a question may wait. */
  readonly waitSeconds: number;
}

const hour = 3600;

/** Limits in the memory of this process: each process of a service has its own. */
export function createLimits(service: ServiceLimits, now: () => number): Limits {
  const rates = new RateLimit(now);
  const budgets = new CallerBudgets();
  const slots = new FairSlots({ ...service, engine: 'kpi-service' });
  // One slot is left for another tenant, where there are two.
  const half = Math.max(1, Math.floor(service.running / 2));
  return {
    admitRequest({ id, limits: { burst, requestsPerSecond } }) {
      const wait = rates.take(id, { burst, perSecond: requestsPerSecond });
      if (wait > 0)
        throw new Refusal(429, 'RATE_EXCEEDED', 'Too many requests. Try again after a pause.', {
          headers: { 'Retry-After': String(Math.ceil(wait)) },
        });
    },
    budgetOf: ({ id, limits: { scanBytesPerHour: bytes } }) =>
      budgets.of(id, { perCall: bytes, perSession: bytes, renewSeconds: hour, now }),
    get turns() {
      return slots.state;
    },
    takeTurn: ({ id, limits: { running = half, waiting } }, signal) =>
      slots.take(id, { running, waiting }, signal),
  };
}
