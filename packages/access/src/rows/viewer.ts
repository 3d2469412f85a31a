import type { PermissionClass } from '@headwater/core';

/** Whose rows and columns a question sees. Nothing of this comes from the question. */
export interface Viewer {
  /** The rows, as the `where` of a metric: `{ shop: 'acme' }`. Empty for all rows. */
  readonly where: Readonly<Record<string, unknown>>;
  /** The class of readers that it belongs to. Undefined for one who may see every column. */
  readonly permissionClass: PermissionClass | undefined;
}
