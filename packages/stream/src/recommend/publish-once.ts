import { HeadwaterError } from '@headwater/core';
import type { Message, Notifier } from '../notify/notifier.ts';
import type { Claimant, OnceStore } from '../windows/once-store.ts';

/**
 * Publishes messages once. Each is claimed before and marked after, so that it is published at least once whatever crashes, and twice
 * only if a crash comes between publishing and marking; its id is then the same.
 *
 * @returns the messages that were published now
 * @throws HeadwaterError `NOTICES_UNPUBLISHED`; the others are published and marked then
 */
export async function publishOnce(
  { store, notifier }: { readonly store: OnceStore; readonly notifier: Notifier },
  messages: readonly Message[],
  by: Claimant,
): Promise<readonly Message[]> {
  const claimed: Message[] = [];
  for (const message of messages) if (await store.claim(message.id, by)) claimed.push(message);
  if (claimed.length === 0) return [];
  const { published, failed } = await notifier.publish(claimed);
  for (const id of published) await store.markPublished(id, by.now);
  const [first] = failed;
  if (first !== undefined)
    throw new HeadwaterError('NOTICES_UNPUBLISHED', { count: failed.length, problem: first.reason });
  return claimed;
}
