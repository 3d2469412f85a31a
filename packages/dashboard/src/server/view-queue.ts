/** A view of an open page, while tiles ask from it. */
interface QueuedView<View> {
  readonly number: number;
  readonly key: string;
  readonly stop: AbortController;
  readonly view: Promise<View>;
}

/** Why a request ends without an answer: the page shows another view by now. */
export class ViewSuperseded extends Error {
  override readonly name = 'ViewSuperseded';
  constructor() {
    super('A newer view of this page is being answered.');
  }
}

/** How many pages are known at once. A page that is forgotten begins anew with its next view. */
const mostPages = 64;

/**
 * The newest view of each open page. A view with a higher number stops what the one before asks, in the engine: only the most recent one
 * is answered.
 */
export class ViewQueue<View> {
  readonly #views = new Map<string, QueuedView<View>>();

  /**
   * The view of a request, opened by the first tile that asks from it.
   *
   * @param number of the view, counted by the page
   * @param key what the view is of; another view needs another number
   * @throws ViewSuperseded for a number below that of the newest view, and for another view of the same number
   */
  view(
    page: string,
    number: number,
    key: string,
    open: (signal: AbortSignal) => Promise<View>,
  ): { readonly view: Promise<View>; readonly signal: AbortSignal } {
    const known = this.#views.get(page);
    if (known && (number < known.number || (number === known.number && key !== known.key)))
      throw new ViewSuperseded();
    if (known?.number === number) return { view: known.view, signal: known.stop.signal };
    known?.stop.abort(new ViewSuperseded());
    const stop = new AbortController();
    const view = open(stop.signal);
    // Each request awaits it; that none does any more is no fault of the process.
    view.catch(() => {});
    // The newest page is the last: the first is the one that asked longest ago.
    this.#views.delete(page);
    this.#views.set(page, { number, key, stop, view });
    for (const [oldest, { stop: old }] of this.#views) {
      if (this.#views.size <= mostPages) break;
      old.abort(new ViewSuperseded());
      this.#views.delete(oldest);
    }
    return { view, signal: stop.signal };
  }

  /** Stops what every page asks. */
  close(): void {
    for (const { stop } of this.#views.values()) stop.abort(new ViewSuperseded());
    this.#views.clear();
  }
}
