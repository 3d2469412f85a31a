import type { DatabaseConnection, Driver } from 'kysely';

const readOnly = async (): Promise<never> => {
  throw new Error('Lakes are read-only: transactions are not supported');
};

/** What all drivers share: they have no transactions, and they hold nothing open themselves. */
export abstract class ReadOnlyDriver implements Driver {
  abstract acquireConnection(): Promise<DatabaseConnection>;

  abstract releaseConnection(connection: DatabaseConnection): Promise<void>;

  async init(): Promise<void> {}

  beginTransaction(): Promise<void> {
    return readOnly();
  }

  commitTransaction(): Promise<void> {
    return readOnly();
  }

  rollbackTransaction(): Promise<void> {
    return readOnly();
  }

  // The session belongs to the lake, which closes it.
  async destroy(): Promise<void> {}
}
