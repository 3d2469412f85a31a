const namePattern = /^[\p{L}_][\p{L}\p{M}\p{N} _.:$()/#%-]{0,63}$/u;
const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * A field of a file's first line, as a message may show it. That line may hold values, of persons too, where a header was
 * looked for, or bytes that would drive a terminal: what does not look like a name shows as `?`.
 */
export const shownName = (field: string): string =>
  namePattern.test(field.trim()) && !uuidPattern.test(field.trim()) ? field : '?';
