import { sparkText } from '../../../types/spark-type.ts';

/**
 * Spark reads a number of a JSON text through a double, gives nested values as their texts, and reads what is no JSON
 * (https://spark.apache.org/docs/3.5.6/sql-data-sources-json.html). So a line is read from its marked form: every string, names too,
 * begins with `s`, and every number is a string of `n` and its digits. Then the first character of a text tells what it was.
 *
 * Every repetition in the expressions is possessive, and every match begins where the last one ended: the time grows with the length of a
 * line alone, and so does no stack.
 */

const space = '[ \\t\\r\\n]*+';
const strings = '"[^"\\\\]*+(?:\\\\[\\s\\S][^"\\\\]*+)*+"';
const number = '-?+(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+';
/** What DuckDB reads as numbers beyond RFC 8259. */
const word = '-?+(?i:nan|inf(?:inity)?+)(?![a-zA-Z])';
// A number is no name.
const isValue = `(?!${space}:)`;

const replaced = (text: string, pattern: string, by: string): string =>
  `regexp_replace(${text}, ${sparkText(pattern)}, ${sparkText(by)})`;

const withMarkedStrings = (text: string): string =>
  replaced(text, `\\G([^"]*+)"(${strings.slice(1)})`, '$1"s$2');

/** SQL for the marked form of a text of RFC 8259. The form of another text is no JSON either. */
export const markedJson = (text: string): string =>
  replaced(withMarkedStrings(text), `\\G((?:${strings}|[^"0-9-]++)*+)(${number})${isValue}`, '$1"n$2"');

/** SQL for whether a text may be read by {@link leniently}. */
export const mayBeLenient = (text: string): string =>
  `${text} RLIKE ${sparkText(`,${space}[\\]}]|(?i:nan|inf)`)}`;

/** SQL for the marked form of a text that may have a comma after the last value of a list or an object, and the words NaN and Infinity. */
export function leniently(text: string): string {
  const marked = replaced(
    withMarkedStrings(text),
    `\\G((?:${strings}|null|[^"0-9nNiI-]++)*+)(${word}|${number})${isValue}`,
    '$1"n$2"',
  );
  const dense = replaced(marked, `(${strings})|(?<![ \\t\\r\\n])${space}([\\[\\]{},:])${space}`, '$1$2');
  return replaced(dense, `(${strings})|(?<![\\[{,:]),(?=[\\]}])`, '$1');
}

/** SQL for the JSON text that a marked one stands for. */
export function unmarkedJson(marked: string): string {
  const body = '[^"\\\\]*+(?:\\\\[\\s\\S][^"\\\\]*+)*+';
  const numbers = replaced(marked, `("s${body}")|"n([^"]*+)"`, '$1$2');
  return withPairs(replaced(numbers, `"s(${body}")`, '"$1'));
}

const pair = '\\\\u[dD][89abAB][0-9a-fA-F]{2}\\\\u[dD][c-fC-F][0-9a-fA-F]{2}';

/** SQL for a JSON text with the characters that Spark writes as two escapes. */
function withPairs(text: string): string {
  const pieces = `regexp_extract_all(text, ${sparkText(`${pair}|(?:[^\\\\]++|\\\\[^u]|\\\\u(?![dD][89abAB]))++`)}, 0)`;
  const character = `get(from_json(concat('["', piece, '"]'), 'ARRAY<STRING>'), 0)`;
  const joined = `array_join(transform(${pieces}, piece -> CASE WHEN piece RLIKE ${sparkText(`\\A${pair}`)} THEN ${character} ELSE piece END), '')`;
  return `get(transform(array(${text}), text -> CASE WHEN contains(text, ${sparkText('\\uD')}) THEN ${joined} ELSE text END), 0)`;
}

/** SQL for a text as a string of JSON, escaped as DuckDB does. @param text may be repeated */
export function jsonString(text: string): string {
  const escapes = ['\b', '\f', '\n', '\r', '\t'].map(
    (character) => `WHEN ${sparkText(character)} THEN ${sparkText(JSON.stringify(character).slice(1, -1))}`,
  );
  const byEach = `array_join(transform(split(${text}, ''), one -> CASE one ${escapes.join(' ')} WHEN '"' THEN ${sparkText('\\"')} WHEN ${sparkText('\\')} THEN ${sparkText('\\\\')}
    ELSE CASE WHEN one <> '' AND one < ' ' THEN concat(${sparkText('\\u00')}, lpad(hex(ascii(one)), 2, '0')) ELSE one END END), '')`;
  const quick = `replace(replace(${text}, ${sparkText('\\')}, ${sparkText('\\\\')}), '"', ${sparkText('\\"')})`;
  return `concat('"', CASE WHEN ${text} RLIKE ${sparkText('[\\x00-\\x1f]')} THEN ${byEach} ELSE ${quick} END, '"')`;
}

const options = "map('allowSingleQuotes', 'false', 'allowNonNumericNumbers', 'false')";

/** SQL for the members of a marked object by their marked names; a nested value is its marked text. NULL for another text. */
export const membersOf = (marked: string): string =>
  `from_json(CASE WHEN startswith(${marked}, '{') THEN ${marked} END, 'MAP<STRING, STRING>', ${options})`;

/** SQL for the elements of a marked list, as {@link membersOf}. */
export const elementsOf = (marked: string): string =>
  `from_json(CASE WHEN startswith(${marked}, '[') THEN ${marked} END, 'ARRAY<STRING>', ${options})`;

/**
 * SQL for the members of a marked line, as a list of them and of an empty object. Spark ignores what follows a value, but not
 * within a list: {@link onlyObject} tells a line that is one object.
 */
export const lineObjects = (marked: string): string =>
  `from_json(concat('[', ${marked}, ',{}]'), 'ARRAY<MAP<STRING, STRING>>', ${options})`;

/** SQL for the members of a line that is one object, or NULL. @param objects a name, of {@link lineObjects} */
export const onlyObject = (objects: string): string =>
  `CASE WHEN size(${objects}) = 2 THEN get(${objects}, 0) END`;

/** SQL for whether a marked line is one value of any kind. */
export const isOneValue = (marked: string): string =>
  `coalesce(array_join(slice(from_json(concat('[', ${marked}, ',"end"]'), 'ARRAY<STRING>', ${options}), 2, 2), '+', '') = 'end', false)`;

/** A member's name in the marked form. */
export const markedName = (name: string): string => `s${name}`;

/** SQL for whether a value in the marked form is an object or a list. */
export const isNested = (value: string): string => `(startswith(${value}, '{') OR startswith(${value}, '['))`;

const wellFormed = [
  ...['[^\\\\]++', '\\\\[^u]', '\\\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4}'],
  '\\\\u[dD][89abAB][0-9a-fA-F]{2}\\\\u[dD][c-fC-F][0-9a-fA-F]{2}',
].join('|');

/** SQL for whether a JSON text has half of a UTF-16 pair, which no text can hold (https://www.rfc-editor.org/rfc/rfc8259#section-8.2). */
export const hasLoneSurrogate = (text: string): string =>
  `(contains(${text}, ${sparkText('\\u')}) AND NOT ${text} RLIKE ${sparkText(`\\A(?:${wellFormed})*+\\z`)})`;
