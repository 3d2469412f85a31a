import type { Message, Notifier } from './notifier.ts';

/** A notifier of this process: it keeps the latest messages, and hands each to who listens. */
export interface EmbeddedNotifier extends Notifier {
  /** The latest messages, the oldest first. A repeated id is not among them twice. */
  messages(): readonly Message[];
}

/**
 * @param listen called with each message once, unless its id is no longer remembered
 * @param most the number of messages that are kept
 */
export function createEmbeddedNotifier(listen?: (message: Message) => void, most = 10_000): EmbeddedNotifier {
  const kept = new Map<string, Message>();
  return {
    async publish(messages) {
      for (const message of messages) {
        if (kept.has(message.id)) continue;
        kept.set(message.id, message);
        if (kept.size > most) for (const oldest of kept.keys()) if (kept.delete(oldest)) break;
        listen?.(message);
      }
      return { published: messages.map(({ id }) => id), failed: [] };
    },
    messages: () => [...kept.values()],
  };
}
