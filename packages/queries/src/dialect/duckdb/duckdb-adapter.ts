import { DialectAdapterBase } from 'kysely';

/** What DuckDB can do, as Kysely asks. */
export class DuckdbAdapter extends DialectAdapterBase {
  override get supportsCreateIfNotExists(): boolean {
    return true;
  }

  override get supportsTransactionalDdl(): boolean {
    return true;
  }

  override get supportsReturning(): boolean {
    return true;
  }

  // A lake is read here, never migrated: there is nothing to lock.
  override async acquireMigrationLock(): Promise<void> {}

  override async releaseMigrationLock(): Promise<void> {}
}
