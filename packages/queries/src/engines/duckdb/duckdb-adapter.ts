import { ReadOnlyAdapter } from '../common/read-only-adapter.ts';

/** The features of DuckDB that Kysely asks for. */
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
