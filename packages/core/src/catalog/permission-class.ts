import { type PiiClass, piiClasses } from '../table/column-metadata.ts';
import type { TableSchema } from '../table/table-schema.ts';

/** The classes of readers who may not see every column, each with the PII classes of the columns that it may see. */
const visible = {
  no_pii: ['none'],
  no_direct_pii: ['none', 'pseudonymous'],
} as const satisfies Readonly<Record<string, readonly PiiClass[]>>;

/** A class of readers who may not see every column. Readers without a class see all. */
export type PermissionClass = keyof typeof visible;

/** Every class, the one that sees least first. */
export const permissionClasses = Object.keys(visible) as readonly PermissionClass[];

/**
 * The PII classes of the columns that a class of readers may see.
 * @param permissionClass defaults to readers who see every column
 */
export const visiblePii = (permissionClass: PermissionClass | undefined): readonly PiiClass[] =>
  permissionClass === undefined ? piiClasses : visible[permissionClass];

/** Whether a class of readers may not see some column of a table. */
export const hidesColumns = ({ columns }: TableSchema, permissionClass: PermissionClass): boolean =>
  columns.some(({ pii }) => !visiblePii(permissionClass).includes(pii));
