import type { Column, DataType, TableSchema } from '../../src/index.ts';

const text: DataType = { kind: 'string' };
const types: Readonly<Record<string, { readonly type: DataType; readonly nullable: boolean }>> = {
  tags: { type: { kind: 'list', element: text }, nullable: true },
  place: {
    type: {
      kind: 'struct',
      fields: [
        { name: 'city', type: text, nullable: false },
        { name: 'zip', type: text, nullable: true },
      ],
    },
    nullable: false,
  },
  counts: { type: { kind: 'map', value: { kind: 'int32' } }, nullable: false },
};

/** A schema with columns of nested kinds, as those of a quarantine are. No definition has any. */
export const withNestedColumns = (schema: TableSchema): TableSchema => ({
  ...schema,
  columns: [
    ...schema.columns,
    ...Object.entries(types).map(
      ([name, { type, nullable }]): Column => ({
        ...{ name, type, nullable, description: '', pii: 'none' },
        ...{ aliases: [], renamedFrom: [], steps: [] },
      }),
    ),
  ],
});
