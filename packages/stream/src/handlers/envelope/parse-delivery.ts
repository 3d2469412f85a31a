import { HeadwaterError } from '@headwater/core';
import type * as z from 'zod/mini';

/** What invokes a handler, and with what. */
export interface ExpectedDelivery {
  readonly handler: string;
  /** In words, such as `a delivery of a Kinesis stream`. */
  readonly expected: string;
}

/**
 * Checks an event of Lambda, and keeps the fields of the schema.
 * @throws HeadwaterError `DELIVERY_INVALID`, which names the first wrong field and never its value
 */
export function parseDelivery<Schema extends z.ZodMiniType>(
  schema: Schema,
  event: unknown,
  { handler, expected }: ExpectedDelivery,
): z.infer<Schema> {
  const parsed = schema.safeParse(event);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.map(String).join('.') || 'the event';
  throw new HeadwaterError('DELIVERY_INVALID', { handler, expected, problem: `${field}: ${issue?.message}` });
}
