/** Why a value was refused. Codes are stable: they are stored in the quarantine. */
export const rejectCodes = {
  missing: 'the value is empty and the column is required',
  not_one_of: 'the value is not one of those allowed',
  not_a_boolean: 'not a spelling of true or false',
  not_an_integer: 'not a whole number in plain digits',
  not_a_number: 'not a number',
  not_a_decimal: 'not a decimal number in plain digits',
  not_a_date: 'not a calendar date YYYY-MM-DD',
  not_a_timestamp: 'not a timestamp YYYY-MM-DD HH:MM:SS with an optional zone',
  not_a_uuid: 'not a UUID',
  out_of_range: 'more than the column type can hold',
  below_minimum: 'below the smallest value allowed',
  above_maximum: 'above the largest value allowed',
  pattern_mismatch: 'does not match the pattern',
  too_short: 'fewer characters than allowed',
  too_long: 'more characters than allowed',
  too_few_fields: 'the line has fewer fields than the header',
  too_many_fields: 'the line has more fields than the header',
  unclosed_quote: 'a quote in the line never closes',
  not_utf8: 'the line holds bytes that are not UTF-8',
  stray_carriage_return: 'a carriage return stands within the line',
  line_too_long: 'the line is longer than the reader allows',
  not_json: 'the line is not a JSON object',
} as const satisfies Record<string, string>;

/** One of {@link rejectCodes}. */
export type RejectCode = keyof typeof rejectCodes;

/** One reason why a row was refused. `column` is null when the line itself is broken. */
export interface RejectReason {
  readonly column: string | null;
  readonly code: RejectCode;
}
