import { columnComment } from '../table/column-comment.ts';
import type { DescribedColumn } from '../table/table-schema.ts';

/**
 * Cuts a text to `limit` UTF-16 units, between characters, and ends it with an ellipsis. The services count characters, of
 * which a text has at most as many as UTF-16 units.
 */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > limit - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Glue's CommentString has no line ends, no control characters and at most 255 characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the regex removes them
const notInComment = /[\u0000-\u001f\ufffe\uffff]+/g;

/**
 * A column's description, unit and sensitivity as a comment that Glue accepts
 * (https://docs.aws.amazon.com/glue/latest/webapi/API_Column.html).
 * @example catalogComment(price) // 'Price paid (unit: EUR)'
 */
export function catalogComment(column: DescribedColumn): string {
  return cut(columnComment(column).toWellFormed().replace(notInComment, ' '), 255);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the regex removes them
const notInDescription = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]+/g;

/** A table's description as Glue accepts it: with line ends, and at most 2,048 characters. */
export function catalogDescription(description: string): string {
  return cut(description.toWellFormed().replace(notInDescription, ' '), 2048);
}
