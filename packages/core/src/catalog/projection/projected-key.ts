/** The input of a check: a key's Hive type, and its `projection.<key>.*` parameters by the rest of their names. */
export interface ProjectedKey {
  readonly hiveType: string;
  readonly texts: Readonly<Record<string, string | undefined>>;
}

/** The check of one projection type. */
export interface ProjectionCheck {
  readonly properties: readonly string[];
  /**
   * The rules that a key violates, in words.
   * @param now the time of the query. Without it, dates are not compared with NOW
   */
  problems(key: ProjectedKey, now: Date | undefined): string[];
}

/** Whether a Hive type is text, which can store the values of every projection type. */
export const isTextType = (hiveType: string): boolean =>
  /^(string|char\([0-9]+\)|varchar\([0-9]+\))$/.test(hiveType);

/** The problem of an interval or a number of digits that is not a positive whole number. */
export function positiveProblem(name: string, text: string | undefined): string[] {
  if (text === undefined || /^0*[1-9][0-9]{0,17}$/.test(text)) return [];
  return [`${name} "${text}" is not a positive whole number`];
}
