/**
 * The engine reads a number of a JSON text through a double, which loses digits. So a nested record is read from its marked form,
 * in which every number is a string of `#` and its digits, and a string that begins with `#` begins with one more.
 */

const strings = '"(?:[^"\\\\]|\\\\.)*"';

/** A run of strings and other characters, then a number, or the end: nothing is left over in which a search could begin. */
const untilNumber = `((?:${strings}|[^"0-9-])*)(-[-+.0-9A-Za-z]*|[0-9][-+.0-9eE]*|$)`;

/** SQL for the marked form of a valid JSON text. The text may be repeated. */
export function markedJson(text: string): string {
  const begins = `CASE WHEN regexp_matches(piece, '^"(#|\\\\u0023)') THEN '"#' || substring(piece, 2) ELSE piece END`;
  const escaped = `array_to_string(list_transform(regexp_extract_all(${text}, '${strings}|[^"]+'), lambda piece: ${begins}), '')`;
  const hasMark = `contains(${text}, '"#') OR contains(${text}, '\\u0023')`;
  const doubled = `CASE WHEN ${hasMark} THEN ${escaped} ELSE ${text} END`;
  // The last match is empty, and leaves a mark of three characters.
  return `left(regexp_replace(${doubled}, '${untilNumber}', '\\1"#\\2"', 'g'), -3)`;
}

/** SQL for the JSON text that a marked one stands for. */
export function unmarkedJson(marked: string): string {
  const piece = `CASE WHEN starts_with(piece, '"##') THEN '"' || substring(piece, 3)
    WHEN starts_with(piece, '"#') THEN substring(piece, 3, length(piece) - 3) ELSE piece END`;
  return `array_to_string(list_transform(regexp_extract_all(${marked}, '${strings}|[^"]+'), lambda piece: ${piece}), '')`;
}

/** A member's name in the marked form. */
export const markedName = (name: string): string => (name.startsWith('#') ? `#${name}` : name);

/**
 * SQL for the text of a value from its text in the marked form.
 *
 * @param text a SQL expression that may be repeated
 * @param number writes a number, given SQL for its digits as they are in the record
 */
export const unmarkedText = (text: string, number: (digits: string) => string): string =>
  `CASE WHEN NOT starts_with(${text}, '#') THEN ${text}
    WHEN starts_with(${text}, '##') THEN substring(${text}, 2) ELSE ${number(`substring(${text}, 2)`)} END`;
