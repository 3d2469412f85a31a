import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Bytes as a body, produced as they are read. The first part is made before this returns, so that what fails until then is a refusal
 * with a status. What fails later ends the connection: a reader does not take a part for the whole. A reader that leaves stops the engine.
 *
 * @param onError what failed after the first part
 */
export async function byteStream(
  parts: AsyncIterator<Uint8Array>,
  onError: (error: unknown) => void,
): Promise<ReadableStream<Uint8Array>> {
  let first: IteratorResult<Uint8Array> | undefined = await parts.next();
  // The reader pulls from a context of its own; the tenant of the question is that of this one.
  const inContext = AsyncLocalStorage.snapshot();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = first ?? (await inContext(() => parts.next()));
        first = undefined;
        if (done === true) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        onError(error);
        throw error;
      }
    },
    async cancel() {
      await inContext(() => parts.return?.());
    },
  });
}

const encoder = new TextEncoder();
const partLength = 32_768;

/** Rows as JSON, one a line, in parts of some kilobytes. */
export async function* jsonLines(rows: AsyncIterable<object>): AsyncGenerator<Uint8Array, void, undefined> {
  let text = '';
  for await (const row of rows) {
    text += `${JSON.stringify(row)}\n`;
    if (text.length < partLength) continue;
    yield encoder.encode(text);
    text = '';
  }
  // An empty answer has a first part as well.
  yield encoder.encode(text);
}
