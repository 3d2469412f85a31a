import type { EventsTable } from '@headwater/core';
import type { AlertStore, Capability, LiveStore, Message, Notifier, SessionOptions } from '@headwater/stream';
import type { LocalStreamOptions, StreamConnection } from '@headwater/stream/local';

/** What a run needs besides its handlers and its archive: in this process, or on AWS. */
export interface StreamServices {
  /** What the table can say. */
  readonly capabilities: ReadonlySet<Capability>;
  readonly store: LiveStore;
  readonly alerts: AlertStore;
  readonly notifier: Notifier;
  /** What decides where the records of a run are, as plain data. */
  readonly identity: unknown;
  /** Whether the stream ends with the process, so that a run that is begun again sends everything anew. */
  readonly isReplayed: boolean;
  /** What was created for the run, for people. */
  readonly created: readonly string[];
  /** Milliseconds for which the store keeps the counts of a minute. */
  readonly countsKept: number;
  /** Milliseconds between moments for the screen. */
  readonly momentMs: number;
  /**
   * The stream.
   *
   * @param folder for what has to outlive the process
   * @param after where the archive begins to read a shard: after this sequence number
   * @param hasFaults whether faults are injected, which may split and merge the shards of a stream of this process
   */
  connect(
    folder: string,
    after: (shard: string) => string | undefined,
    hasFaults: boolean,
  ): Promise<StreamConnection | LocalStreamOptions>;
  /** Fetches the messages to subscribers, where they do not come by themselves. */
  poll?(): Promise<void>;
  close(): Promise<void>;
}

/** What both kinds of services are made with. */
export interface ServiceOptions {
  readonly table: EventsTable;
  readonly shards: number;
  readonly sessions: Omit<SessionOptions, 'needs'> | undefined;
  /** Called with each message to subscribers. */
  readonly onMessage: (message: Pick<Message, 'body'>) => void;
}
