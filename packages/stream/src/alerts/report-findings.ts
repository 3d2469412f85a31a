import type { Message, Notifier } from '../notify/notifier.ts';
import { type FindingKey, findingKeyText } from './finding.ts';
import type { Notice } from './incident.ts';
import type { Application, IncidentStore } from './incident-store.ts';
import type { ToldFinding } from './next-incident.ts';
import { noticeMessage } from './notice-message.ts';

/** What became of findings. */
export interface FindingsReport {
  /** Notices that were published. */
  readonly published: readonly Notice[];
  /** Notices that no attempt could publish, and why. They stay in the outbox. */
  readonly failed: readonly { readonly id: string; readonly reason: string }[];
}

/**
 * Applies findings to their incidents in order, publishes what is to be told, and marks it as told. Whatever fails or crashes in
 * between, the same findings may be reported again.
 */
export async function reportFindings(
  { store, notifier }: { readonly store: IncidentStore; readonly notifier: Notifier },
  findings: readonly ToldFinding[],
  by: Application,
): Promise<FindingsReport> {
  const toTell = new Map<string, { readonly about: FindingKey; readonly notice: Notice }>();
  for (const finding of findings)
    for (const notice of await store.apply(finding, by)) toTell.set(notice.id, { about: finding, notice });
  if (toTell.size === 0) return { published: [], failed: [] };
  const messages = [...toTell.values()].map(({ notice }): Message => noticeMessage(notice));
  const { published, failed } = await notifier.publish(messages);
  const told = published.flatMap((id) => toTell.get(id) ?? []);
  const groups = Map.groupBy(told, ({ about }) => findingKeyText(about));
  for (const group of groups.values()) {
    const [first] = group;
    if (first)
      await store.markTold(
        first.about,
        group.map(({ notice }) => notice.id),
        by.now,
      );
  }
  return { published: told.map(({ notice }) => notice), failed };
}
