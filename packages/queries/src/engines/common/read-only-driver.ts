import type { DatabaseConnection, Driver } from 'kysely';

const readOnly = async (): Promise<never> => {
  throw new Error('A lake is read here: there are no transactions');
};

/** What the drivers of all engines have in common: no transactions, and nothing of their own to end. */
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
