import { ReadOnlyAdapter } from '../common/read-only-adapter.ts';

/** What DuckDB can do, as Kysely asks. */
export class DuckdbAdapter extends ReadOnlyAdapter {
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
