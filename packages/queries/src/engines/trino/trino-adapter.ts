import { ReadOnlyAdapter } from '../common/read-only-adapter.ts';

/** What Trino can do, as Kysely asks. */
export class TrinoAdapter extends ReadOnlyAdapter {
  override get supportsCreateIfNotExists(): boolean {
    return true;
  }

  override get supportsTransactionalDdl(): boolean {
    return false;
  }

  override get supportsReturning(): boolean {
    return false;
  }
}
