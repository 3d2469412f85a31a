import { sparkText } from '../../../types/spark-type.ts';
import { codeText } from './raw-reasons.ts';

/** Longer lines are rejected, as in every load. In bytes. */
const longestRow = 1 << 24;

const cr = sparkText('\r');

/** SQL for a line without the carriage returns at its end. @param line a name */
export const lineText = (line: string): string =>
  `CASE WHEN endswith(${line}, ${cr}) THEN rtrim(${cr}, ${line}) ELSE ${line} END`;

/** SQL for whether a line holds more than carriage returns. @param line may be repeated */
export const isNotBlank = (line: string): string =>
  `${line} <> '' AND NOT (startswith(${line}, ${cr}) AND rtrim(${cr}, ${line}) = '')`;

/**
 * SQL for the code of a line that no reader may look at, or NULL. Spark's texts hold any bytes; decoding replaces what is not UTF-8.
 *
 * @param text a name
 */
export const lineFault = (text: string): string =>
  `CASE WHEN octet_length(${text}) > ${longestRow} THEN ${codeText('line_too_long')}
    WHEN decode(CAST(${text} AS BINARY), 'UTF-8') <> ${text} THEN ${codeText('not_utf8')}
    WHEN contains(${text}, ${cr}) THEN ${codeText('stray_carriage_return')} END`;

/** SQL for a line as the quarantine has it: where it is not UTF-8, each byte above ASCII and each backslash as `\xNN`. */
export function quarantinedLine(text: string): string {
  const bytes = `rtrim(${cr}, decode(CAST(${text} AS BINARY), 'ISO-8859-1'))`;
  const escaped = `CASE WHEN ascii(byte) > 127 OR byte = ${sparkText('\\')} THEN concat(${sparkText('\\x')}, lower(hex(ascii(byte)))) ELSE byte END`;
  return `CASE WHEN decode(CAST(${text} AS BINARY), 'UTF-8') <> ${text}
    THEN array_join(transform(split(${bytes}, ''), byte -> ${escaped}), '') ELSE ${text} END`;
}
