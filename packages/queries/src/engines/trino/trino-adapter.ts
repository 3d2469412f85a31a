import { ReadOnlyAdapter } from '../common/read-only-adapter.ts';

/** The features of Trino that Kysely asks for. */
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
