/**
 * Whether a name of a table or a column is valid and unchanged on every engine: a lower-case letter, then lower-case letters,
 * digits and underscores.
 */
export const isPortableName = (name: string): boolean => /^[a-z][a-z0-9_]{0,127}$/.test(name);

/** What to do about a name that is not portable. */
export const portableNameFix = 'Use a lower-case letter, then lower-case letters, digits and underscores';
