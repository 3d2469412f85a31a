import type { DataType } from '@headwater/core';
import { type DataTypeTable, mapDataType } from '@headwater/core/internal';
import type { TrinoType } from './trino-type.ts';

const plain = (name: string) => (): TrinoType => ({ name, numbers: [], members: [] });

const types = {
  string: plain('varchar'),
  enum: plain('varchar'),
  uuid: plain('varchar'),
  boolean: plain('boolean'),
  int32: plain('integer'),
  int64: plain('bigint'),
  double: plain('double'),
  date: plain('date'),
  timestamp: plain('timestamp'),
  decimal: ({ precision, scale }) => ({ name: 'decimal', numbers: [precision, scale], members: [] }),
  list: ({ element }) => ({
    name: 'array',
    numbers: [],
    members: [{ name: 'element', type: typeOfColumn(element) }],
  }),
  struct: ({ fields }) => ({
    name: 'row',
    numbers: [],
    members: fields.map(({ name, type }) => ({ name, type: typeOfColumn(type) })),
  }),
  map: ({ value }) => ({
    name: 'map',
    numbers: [],
    members: [
      { name: 'key', type: plain('varchar')() },
      { name: 'value', type: typeOfColumn(value) },
    ],
  }),
} satisfies DataTypeTable<TrinoType>;

/** A column's type as Trino describes it, for Athena, which does not describe the types inside. */
export function typeOfColumn(type: DataType): TrinoType {
  return mapDataType<TrinoType>(types, type);
}
