/** The code points that cleaning treats as white space, on every engine. */
export const whiteSpace: readonly number[] = [0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0xa0, 0xfeff];

const isWhiteSpace = new Set(whiteSpace);

/** Removes {@link whiteSpace} from both ends. */
export function trimText(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isWhiteSpace.has(text.charCodeAt(start))) start += 1;
  while (end > start && isWhiteSpace.has(text.charCodeAt(end - 1))) end -= 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}
