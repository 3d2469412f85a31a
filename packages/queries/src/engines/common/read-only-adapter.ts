import { DialectAdapterBase } from 'kysely';

/** What the adapters of all engines have in common: a lake is read, never migrated, so there is nothing to lock. */
export abstract class ReadOnlyAdapter extends DialectAdapterBase {
  override async acquireMigrationLock(): Promise<void> {}

  override async releaseMigrationLock(): Promise<void> {}
}
