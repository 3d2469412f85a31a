import { catalogComment } from '../../catalog/catalog-comment.ts';
import type { DescribedColumn } from '../../table/table-schema.ts';
import { hiveType } from '../../types/hive-type.ts';
import type { GlueColumn } from './glue-table-input.ts';

/**
 * A column for the Glue Data Catalog. Parameters named `headwater.*` hold what Hive's types cannot express. They inform readers
 * of the catalog; nothing enforces them.
 *
 * @example glueColumn(userId)
 * // { Name: 'user_id', Type: 'bigint', Comment: 'Permanent user id (PII: pseudonymous)',
 * //   Parameters: { 'headwater.kind': 'int64', 'headwater.nullable': 'false', 'headwater.pii': 'pseudonymous' } }
 */
export function glueColumn(column: DescribedColumn): GlueColumn {
  const comment = catalogComment(column);
  return {
    Name: column.name,
    Type: hiveType(column.type),
    ...(comment ? { Comment: comment } : {}),
    Parameters: {
      'headwater.kind': column.type.kind,
      'headwater.nullable': String(column.nullable),
      ...(column.pii === 'none' ? {} : { 'headwater.pii': column.pii }),
      ...(column.unit ? { 'headwater.unit': column.unit } : {}),
    },
  };
}
