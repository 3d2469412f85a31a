/** What is checked of one partition key: the key's Hive type, and the texts of `projection.<key>.*` by their last words. */
export interface ProjectedKey {
  readonly hiveType: string;
  readonly texts: Readonly<Record<string, string | undefined>>;
}

/** What a projection type knows, and the rules of it that a key breaks, each in words. */
export interface ProjectionCheck {
  readonly properties: readonly string[];
  /** @param now when the partitions are computed; without it a date is not compared with NOW */
  problems(key: ProjectedKey, now: Date | undefined): string[];
}

/** Hive's types for text, which hold whatever a projection spells. */
export const isTextType = (hiveType: string): boolean =>
  /^(string|char\([0-9]+\)|varchar\([0-9]+\))$/.test(hiveType);

/** What an interval or a number of digits has to be, when it is there. */
export function positiveProblem(name: string, text: string | undefined): string[] {
  if (text === undefined || /^0*[1-9][0-9]{0,17}$/.test(text)) return [];
  return [`${name} "${text}" is not a positive whole number`];
}
