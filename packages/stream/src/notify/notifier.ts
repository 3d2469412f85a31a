/** What is told to subscribers: JSON, and what they can filter by. */
export interface Message {
  /** The same each time that it is published. A FIFO topic drops a repeat within 5 minutes; other consumers drop it by the attribute `notice`. */
  readonly id: string;
  /** Messages with the same group keep their order on a FIFO topic. */
  readonly group: string;
  /** One JSON document. */
  readonly body: string;
  /** At most 10, with at least one character each. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What became of messages. */
export interface PublishReport {
  /** The ids of those that were taken. */
  readonly published: readonly string[];
  /** The others, and why. */
  readonly failed: readonly { readonly id: string; readonly reason: string }[];
}

/** Tells subscribers. */
export interface Notifier {
  /** Publishes messages in their order, again where that may help. It does not throw: every message is in the report once. */
  publish(messages: readonly Message[]): Promise<PublishReport>;
}
