/**
 * JSON text of any value a query gives: a 64-bit integer is a number when that is exact and text when not, a Date is
 * ISO 8601.
 *
 * @param indent spaces to indent by; one line when not given
 * @example toJson({ id: 9007199254740993n }) // '{"id":"9007199254740993"}'
 */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, plainBigint, indent) ?? 'null';
}

function plainBigint(_key: string, value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}
