/** Bytes that are not UTF-8 as text: each byte above ASCII as `\xNN`, and so a backslash, so that nothing of the line is lost. */
export function escapeBytes(line: Buffer): string {
  return line
    .toString('latin1')
    .replace(/[\x80-\xff\\]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
