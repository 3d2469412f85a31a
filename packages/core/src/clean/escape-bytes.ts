/** Bytes that are not UTF-8 as text: each byte above ASCII as `\xNN`, and so a backslash, so that nothing of them is lost. */
export function escapeBytes(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes)
    text +=
      byte < 0x80 && byte !== 0x5c ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
  return text;
}
