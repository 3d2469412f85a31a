/** A text as a regular expression that matches it and nothing else, on every engine. */
export const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
