/** Node has it since 21; the declarations of ES2024 lack it (https://github.com/tc39/proposal-json-parse-with-source). */
const { rawJSON } = JSON as typeof JSON & { rawJSON(text: string): object };

/**
 * The JSON text of a query's value. A `bigint` is a JSON integer with all its digits, in every row, as `derive json-schema`
 * describes it. A parser that reads numbers as doubles rounds those beyond 2^53. A Date is ISO 8601.
 *
 * @param indent spaces of indentation; defaults to one line
 * @example toJson({ id: 9007199254740993n }) // '{"id":9007199254740993}'
 */
export function toJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, exactBigint, indent) ?? 'null';
}

const exactBigint = (_key: string, value: unknown): unknown =>
  typeof value === 'bigint' ? rawJSON(String(value)) : value;
