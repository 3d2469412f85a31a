import { sparkText } from '../../../types/spark-type.ts';

/** What stands in no line: the end of a line, and a carriage return where lines with one are rejected before. */
const fieldEnd = '\n';
const lineEnd = '\r';

/** SQL for a delimiter as a regular expression, and within brackets of one. Java splits at one character without an expression. */
export const delimiterPattern = (delimiter: string): string =>
  `CASE WHEN ${delimiter} RLIKE ${sparkText('\\A\\p{Punct}\\z')} THEN concat(${sparkText('\\')}, ${delimiter}) ELSE ${delimiter} END`;

/**
 * SQL for the regular expression that finds one field after the other in a line with a delimiter before it and a carriage return
 * after it. Quotes are those of RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180#section-2), within one line; spaces before an opening
 * and after a closing quote belong to no field, and a quote inside a field that does not begin with one is a character.
 *
 * Every repetition is possessive: Java's expressions otherwise need stack for each character of a long field.
 *
 * @param delimiter SQL for the delimiter
 * @param pattern the name of its {@link delimiterPattern}
 */
export function csvFieldPattern(delimiter: string, pattern: string): string {
  // A space that is the delimiter belongs to no quotes.
  const space = `CASE WHEN ${delimiter} = ' ' THEN '' ELSE ${sparkText(' *+')} END`;
  const parts = [
    ...[sparkText('\\G(?:'), pattern, sparkText('(?:'), space],
    ...[
      sparkText('("[^"\\r]*+(?:""[^"\\r]*+)*+)"'),
      space,
      sparkText('(?='),
      pattern,
      sparkText('|\\r)|(?!'),
    ],
    ...[space, sparkText('")([^\\r'), pattern, sparkText(']*+))|\\r)')],
  ];
  return `concat(${parts.join(', ')})`;
}

/**
 * SQL for a line with quotes as its fields with a line feed before each and one at the end. A field that was quoted begins with its
 * opening quote, and no other field begins with one. Where a quote does not close, the text ends with a carriage return.
 *
 * @param fieldPattern the name of the {@link csvFieldPattern}
 */
export const unquotedLine = (text: string, delimiter: string, fieldPattern: string): string =>
  `regexp_replace(concat(${delimiter}, ${text}, ${sparkText(lineEnd)}), ${fieldPattern}, ${sparkText(`${fieldEnd}$1$2`)})`;

/** SQL for the list of fields of a line, still with the opening quotes of {@link unquotedLine}; NULL where a quote does not close. */
export const lineFields = (text: string, unquoted: string, pattern: string): string =>
  `CASE WHEN ${unquoted} IS NULL THEN split(${text}, ${pattern}, -1)
    WHEN NOT endswith(${unquoted}, ${sparkText(lineEnd)}) THEN split(substr(${unquoted}, 2, char_length(${unquoted}) - 2), ${sparkText(fieldEnd)}, -1) END`;

/** SQL for the text of a field. @param field may be repeated */
export const fieldText = (field: string): string =>
  `CASE WHEN startswith(${field}, '"') THEN replace(substr(${field}, 2), '""', '"') ELSE ${field} END`;
