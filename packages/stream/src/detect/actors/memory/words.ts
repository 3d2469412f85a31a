/** The fields of an actor: how many words of 32 bits each takes. */
export type FieldSizes = Readonly<Record<string, number>>;

/** Several words of an actor. */
export interface WordList {
  readonly length: number;
  get(place: number): number;
  set(place: number, value: number): void;
  clear(): void;
}

/** The fields of the actor that the memory points at: a number from 0 to 2^32 - 1, or a list of such where a field has several words. */
export type Fields<Sizes extends FieldSizes> = {
  -readonly [Name in keyof Sizes]: Sizes[Name] extends 1 ? number : WordList;
};

/** Which actor is read and written. */
export interface Cursor {
  readonly words: Uint32Array;
  /** The place of the actor's first word. */
  start: number;
}

/** Adds up the words of fields. */
export const wordsOf = (sizes: FieldSizes): number =>
  Object.values(sizes).reduce((sum, size) => sum + size, 0);

/**
 * Gives the fields of the actor at the cursor as properties. All actors lie in one array of words, so an actor costs what its
 * fields cost, and nothing is left to the garbage collector.
 *
 * @param offset the place of the first field inside an actor's words
 */
export function fieldsAt<const Sizes extends FieldSizes>(
  cursor: Cursor,
  sizes: Sizes,
  offset: number,
): Fields<Sizes> {
  const fields = {};
  let place = offset;
  for (const [name, size] of Object.entries(sizes)) {
    Object.defineProperty(
      fields,
      name,
      size === 1 ? numberAt(cursor, place) : { value: listAt(cursor, place, size) },
    );
    place += size;
  }
  return fields as Fields<Sizes>;
}

function numberAt(cursor: Cursor, place: number): PropertyDescriptor {
  const { words } = cursor;
  return {
    get: () => words[cursor.start + place] ?? 0,
    set: (value: number) => {
      words[cursor.start + place] = value;
    },
  };
}

function listAt(cursor: Cursor, place: number, length: number): WordList {
  const { words } = cursor;
  return {
    length,
    get: (index) => words[cursor.start + place + index] ?? 0,
    set: (index, value) => {
      words[cursor.start + place + index] = value;
    },
    clear: () => void words.fill(0, cursor.start + place, cursor.start + place + length),
  };
}

/** The number of bits of a word that are set. */
export function bitsOf(word: number): number {
  let count = 0;
  for (let rest = word >>> 0; rest !== 0; rest = (rest & (rest - 1)) >>> 0) count += 1;
  return count;
}
