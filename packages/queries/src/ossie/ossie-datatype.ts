import type { DataType } from '@headwater/core';
import { type DataTypeTable, mapDataType } from '@headwater/core/internal';
import type { OssieDatatype } from './ossie-document.ts';

const datatypes = {
  string: () => 'String',
  enum: () => 'String',
  uuid: () => 'String',
  boolean: () => 'Boolean',
  int32: () => 'Integer',
  int64: () => 'Integer',
  double: () => 'Float',
  decimal: () => 'Decimal',
  date: () => 'Date',
  // Times of a lake are instants.
  timestamp: () => 'DateTimeTz',
  list: () => 'Opaque',
  struct: () => 'Opaque',
  map: () => 'Opaque',
} as const satisfies DataTypeTable<OssieDatatype>;

/** A type as Ossie names it (https://github.com/apache/ossie/blob/main/core-spec/spec.md, data types). */
export const ossieDatatype = (type: DataType): OssieDatatype => mapDataType<OssieDatatype>(datatypes, type);
