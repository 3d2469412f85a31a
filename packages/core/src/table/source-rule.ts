/**
 * A condition on the text of a column, after the column's text steps and before it is parsed: every row of a file has such a
 * text, also one whose value would be rejected. Texts are equal to the last character; a null equals null alone.
 */
export interface SourceCondition {
  readonly column: string;
  /** `is`: the text is one of `texts`. `is-not`: it is none of them. */
  readonly rule: 'is' | 'is-not';
  readonly texts: readonly (string | null)[];
}

/** One kind of files that a table is loaded from. */
export interface SourceRule {
  /** The columns of the fields of a line, in order; null for a field that is not read. CSV without a header line. */
  readonly positions?: readonly (string | null)[];
  /** The columns of fields, by the fields' names in the file. A column named here is read from no other field. */
  readonly columns?: Readonly<Record<string, string>>;
  /** Columns with the same value in every row, as text that every engine casts to the column's type. */
  readonly constants?: Readonly<Record<string, string>>;
  /** Conditions that a row meets, all of them. Other rows of a file are filtered: counted, and not loaded. */
  readonly where?: readonly SourceCondition[];
}

const shown = (text: string | null): string => (text === null ? 'null' : JSON.stringify(text));

/**
 * A condition in words.
 * @example conditionText({ column: 'kind', rule: 'is-not', texts: ['test', null] }) // 'kind is not "test" or null'
 */
export const conditionText = ({ column, rule, texts }: SourceCondition): string =>
  `${column} ${rule === 'is' ? 'is' : 'is not'} ${texts.map(shown).join(' or ')}`;

/**
 * How a source is read, in phrases.
 * @example sourceText(buys) // ['fields in order: session, time, price', 'action = "purchase" in every row']
 */
export function sourceText({ positions, columns, constants = {}, where = [] }: SourceRule): string[] {
  return [
    ...(positions ? [`fields in order: ${positions.map((name) => name ?? '(not read)').join(', ')}`] : []),
    ...Object.entries(columns ?? {}).map(([field, column]) => `${column} from ${JSON.stringify(field)}`),
    ...Object.entries(constants).map(([column, text]) => `${column} = ${JSON.stringify(text)} in every row`),
    ...where.map((condition) => `only rows where ${conditionText(condition)}`),
  ];
}
