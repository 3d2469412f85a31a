import truncated from 'fast-string-truncated-width';

const reset = '\u001b[0m';

/**
 * A text of `most` columns of a terminal at most. A longer one ends in an ellipsis; its colours end there too.
 *
 * @example cutText('electronics', 6) // 'elect…'
 */
export function cutText(text: string, most: number): string {
  // As many code units fit always, since none is wider than two columns.
  if (text.length * 2 <= most) return text;
  const { index, truncated: isCut, ellipsed } = truncated(text, { limit: most, ellipsis: '…' });
  if (!isCut) return text;
  return `${text.slice(0, index)}${ellipsed ? '…' : ''}${text.includes('\u001b') ? reset : ''}`;
}
