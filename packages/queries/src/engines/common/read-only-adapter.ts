import { DialectAdapterBase } from 'kysely';

/** The base of all adapters. A lake is only read, so there are no migrations to lock. */
export abstract class ReadOnlyAdapter extends DialectAdapterBase {
  override async acquireMigrationLock(): Promise<void> {}

  override async releaseMigrationLock(): Promise<void> {}
}
