/** The items of a source until a signal aborts, also while the source waits for its next one. */
export async function* untilAborted<Item>(
  source: AsyncIterable<Item>,
  signal: AbortSignal,
): AsyncGenerator<Item, void, void> {
  const iterator = source[Symbol.asyncIterator]();
  let abort: (() => void) | undefined;
  const onAbort = (): void => abort?.();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    while (!signal.aborted) {
      // Not Promise.race with one promise for all items: it would keep something for each of them.
      const next = await new Promise<IteratorResult<Item> | undefined>((resolve, reject) => {
        abort = () => resolve(undefined);
        iterator.next().then(resolve, reject);
      });
      if (!next || next.done) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    // A source that waits for its next item ends when that comes; nobody waits for it.
    if (signal.aborted) iterator.return?.()?.catch(() => undefined);
    else await iterator.return?.();
  }
}
