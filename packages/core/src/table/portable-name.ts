/**
 * Whether a name of a table, a column or a nested member is valid and unchanged on every engine: a lower-case letter,
 * then lower-case letters, digits and underscores.
 */
export const isPortableName = (name: string): boolean => /^[a-z][a-z0-9_]{0,127}$/.test(name);
