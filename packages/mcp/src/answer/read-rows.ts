import { type JsonValue, jsonValue } from './json-value.ts';

/** A row of an answer as JSON. */
export type JsonRow = Readonly<Record<string, JsonValue>>;

/** How much of an answer is read. */
export interface RowLimits {
  readonly rows: number;
  /** Characters of all rows as JSON text. */
  readonly characters: number;
}

/** The rows of an answer, and whether there are more. */
export interface ReadRows {
  readonly rows: readonly JsonRow[];
  /** What ended the reading before the last row; undefined when all rows are here. */
  readonly stoppedBy: 'rows' | 'characters' | undefined;
}

/**
 * Reads rows up to a limit, and one more to know whether there is one. Leaving the stream stops the engine, and memory is
 * bounded by the limits.
 *
 * @param mask makes the values of these columns those that a caller may see
 */
export async function readRows(
  stream: AsyncIterable<Readonly<Record<string, unknown>>>,
  limits: RowLimits,
  masked: ReadonlySet<string>,
  mask: (value: unknown) => string | null,
): Promise<ReadRows> {
  const rows: JsonRow[] = [];
  let characters = 0;
  for await (const row of stream) {
    if (rows.length >= limits.rows) return { rows, stoppedBy: 'rows' };
    const read = Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, masked.has(name) ? mask(value) : jsonValue(value)]),
    );
    characters += JSON.stringify(read).length;
    if (characters > limits.characters && rows.length > 0) return { rows, stoppedBy: 'characters' };
    rows.push(read);
  }
  return { rows, stoppedBy: undefined };
}
