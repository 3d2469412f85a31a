/**
 * The JSON text of a query's value. A 64-bit integer is a number where that is exact, and a string elsewhere. A Date is ISO 8601.
 *
 * @param indent spaces of indentation; defaults to one line
 * @example toJson({ id: 9007199254740993n }) // '{"id":"9007199254740993"}'
 */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, plainBigint, indent) ?? 'null';
}

function plainBigint(_key: string, value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}
