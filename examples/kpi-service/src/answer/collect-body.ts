/** The first parts of a body, and the others if there are any. */
export interface CollectedBody {
  /** All of it; undefined when it is larger than what is collected. */
  readonly whole: Uint8Array<ArrayBuffer> | undefined;
  /** All parts, those that were collected first. Ending it early ends what makes them. */
  readonly parts: AsyncGenerator<Uint8Array, void, undefined>;
}

/**
 * Reads a body up to a number of bytes: what is not larger is whole, and needs its engine no more.
 *
 * @throws what making a part fails with
 */
export async function collectBody(
  made: AsyncGenerator<Uint8Array, void, undefined>,
  mostBytes: number,
): Promise<CollectedBody> {
  const parts: Uint8Array[] = [];
  for (let bytes = 0; bytes <= mostBytes; ) {
    const { done, value } = await made.next();
    if (done) return { whole: new Uint8Array(Buffer.concat(parts)), parts: each(parts) };
    parts.push(value);
    bytes += value.byteLength;
  }
  return { whole: undefined, parts: each(parts, made) };
}

async function* each(
  parts: readonly Uint8Array[],
  others?: AsyncGenerator<Uint8Array, void, undefined>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* parts;
    if (others) yield* others;
  } finally {
    await others?.return();
  }
}
