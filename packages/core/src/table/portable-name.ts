/**
 * Whether every engine holds this name of a table, a column or a nested member as it is: a lower-case letter, then
 * lower-case letters, digits and underscores.
 */
export const isPortableName = (name: string): boolean => /^[a-z][a-z0-9_]{0,127}$/.test(name);
