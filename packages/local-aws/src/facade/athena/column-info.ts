import type { ColumnInfo } from '@aws-sdk/client-athena';
import type { TrinoColumn } from '../trino/trino-page.ts';

/** Athena's name of a type where it differs from Trino's, and the precision that Athena reports for it. */
const types: Readonly<Record<string, { readonly type?: string; readonly precision: number }>> = {
  tinyint: { precision: 3 },
  smallint: { precision: 5 },
  integer: { precision: 10 },
  bigint: { precision: 19 },
  real: { type: 'float', precision: 17 },
  double: { precision: 17 },
  varchar: { precision: 2_147_483_647 },
  varbinary: { precision: 1_073_741_824 },
  timestamp: { precision: 3 },
  'timestamp with time zone': { precision: 3 },
};

const letters = new Set(['varchar', 'char']);

/**
 * A column as GetQueryResults describes it: the name of its type alone, without the types inside.
 *
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_ColumnInfo.html
 */
export function columnInfo({ name, typeSignature }: TrinoColumn): ColumnInfo {
  const { rawType, arguments: args } = typeSignature;
  const [first, second] = args.flatMap((argument) =>
    argument.kind === 'LONG' ? Number(argument.value) : [],
  );
  const known = types[rawType];
  return {
    CatalogName: 'hive',
    SchemaName: '',
    TableName: '',
    Name: name,
    Label: name,
    Type: known?.type ?? rawType,
    Precision: rawType === 'decimal' || letters.has(rawType) ? (first ?? 0) : (known?.precision ?? 0),
    Scale: rawType === 'decimal' ? (second ?? 0) : 0,
    Nullable: 'UNKNOWN',
    CaseSensitive: letters.has(rawType),
  };
}
