/** The reasons for rejecting a value. Codes are stable, because the quarantine stores them. */
export const rejectCodes = {
  missing: 'the value is empty and the column is required',
  not_one_of: 'the value is not one of the allowed values',
  not_a_boolean: 'not a spelling of true or false',
  not_an_integer: 'not a whole number in plain digits',
  not_a_number: 'not a number',
  not_a_decimal: 'not a decimal number in plain digits',
  not_a_date: 'not a calendar date YYYY-MM-DD',
  not_a_timestamp: 'not a timestamp YYYY-MM-DD HH:MM:SS with an optional zone',
  not_in_time_format: 'not a time in one of the formats of the column',
  not_an_epoch: 'not a number of seconds, milliseconds or microseconds since 1970',
  not_in_number_format: 'not a number in the format of the column',
  not_a_uuid: 'not a UUID',
  out_of_range: 'out of the range of the column type',
  below_minimum: 'below the minimum',
  above_maximum: 'above the maximum',
  pattern_mismatch: 'does not match the pattern',
  too_short: 'shorter than the minimum length',
  too_long: 'longer than the maximum length',
  too_few_fields: 'the line has fewer fields than the header',
  too_many_fields: 'the line has more fields than the header',
  unclosed_quote: 'a quote in the line is not closed',
  not_utf8: 'the line contains bytes that are not UTF-8',
  stray_carriage_return: 'the line contains a carriage return',
  line_too_long: 'the line is longer than the maximum of the reader',
  not_base64: 'the data of the record is not base64',
  not_json: 'the line is not a JSON object',
  lone_surrogate: 'the line contains half of a UTF-16 pair, such as \\ud83d, which is no character',
  repeated_name: 'the object has the name more than once',
  not_a_list: 'not a list, where each element becomes a row',
  no_match: 'no row of the lookup has the value as its key',
  nested_value: 'an object or a list, where the column takes one value',
} as const satisfies Record<string, string>;

/** One of {@link rejectCodes}. */
export type RejectCode = keyof typeof rejectCodes;

/** One reason why a row was rejected. `column` is null when the line itself is broken. */
export interface RejectReason {
  readonly column: string | null;
  readonly code: RejectCode;
}
