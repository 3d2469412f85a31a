import { ReadOnlyAdapter } from '../common/read-only-adapter.ts';

/** The features of PostgreSQL that Kysely asks for. */
export class PostgresAdapter extends ReadOnlyAdapter {
  override get supportsCreateIfNotExists(): boolean {
    return true;
  }

  override get supportsTransactionalDdl(): boolean {
    return true;
  }

  override get supportsReturning(): boolean {
    return true;
  }
}
