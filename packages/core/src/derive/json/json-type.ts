import { type DataType, type DataTypeTable, isNumberDecimal, mapDataType } from '../../table/data-type.ts';

/** The part of JSON Schema that tables need (https://json-schema.org/draft/2020-12). */
export interface JsonSchema {
  readonly $schema?: string;
  readonly title?: string;
  readonly type?: JsonTypeName | readonly JsonTypeName[];
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly (string | null)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly allOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | false;
  readonly 'x-pii'?: string;
  readonly 'x-unit'?: string;
}

type JsonTypeName = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'null';

/** `int32`, `int64` and `double` as formats are those of https://spec.openapis.org/registry/format/. */
const jsonTypes = {
  string: () => ({ type: 'string' }),
  enum: ({ values }) => ({ type: 'string', enum: values }),
  boolean: () => ({ type: 'boolean' }),
  int32: () => ({ type: 'integer', format: 'int32', minimum: -(2 ** 31), maximum: 2 ** 31 - 1 }),
  // No limits: the largest int64 is not a double, so JSON.stringify would print another number.
  int64: () => ({ type: 'integer', format: 'int64' }),
  double: () => ({ type: 'number', format: 'double' }),
  decimal: (type) => {
    const whole = type.precision - type.scale;
    if (isNumberDecimal(type))
      return { type: 'number', exclusiveMinimum: -(10 ** whole), exclusiveMaximum: 10 ** whole };
    const fraction = type.scale > 0 ? `(\\.[0-9]{1,${type.scale}})?` : '';
    return { type: 'string', pattern: `^-?[0-9]{1,${whole || 1}}${fraction}$` };
  },
  date: () => ({ type: 'string', format: 'date' }),
  timestamp: () => ({ type: 'string', format: 'date-time' }),
  uuid: () => ({ type: 'string', format: 'uuid' }),
  list: (type) => ({ type: 'array', items: jsonType(type.element) }),
  struct: (type) => ({
    type: 'object',
    properties: Object.fromEntries(
      type.fields.map((field) => [
        field.name,
        field.nullable ? orNull(jsonType(field.type)) : jsonType(field.type),
      ]),
    ),
    required: type.fields.filter((field) => !field.nullable).map((field) => field.name),
    additionalProperties: false,
  }),
  map: (type) => ({ type: 'object', additionalProperties: jsonType(type.value) }),
} satisfies DataTypeTable<JsonSchema>;

/** The JSON Schema of a non-null value of this type. */
export function jsonType(type: DataType): JsonSchema {
  return mapDataType<JsonSchema>(jsonTypes, type);
}

/** The schema of the same value or null. An enum must list null too, because `type` and `enum` both apply. */
export function orNull(schema: JsonSchema): JsonSchema {
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  return { ...schema, type: [...types, 'null'], ...(schema.enum ? { enum: [...schema.enum, null] } : {}) };
}
