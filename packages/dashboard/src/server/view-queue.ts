/** A view of an open page, while tiles ask from it. */
interface QueuedView<View> {
  readonly number: number;
  readonly key: string;
  readonly stop: AbortController;
  readonly view: Promise<View>;
  /** Requests that wait for an answer from it. */
  waiting: number;
}

/** Why a request ends without an answer: the page shows another view by now. */
export class ViewSuperseded extends Error {
  override readonly name = 'ViewSuperseded';
  constructor() {
    super('A newer view of this page is being answered.');
  }
}

/** A request's part of a view. */
export interface ViewTurn<View> {
  readonly view: Promise<View>;
  /** Stops what the view asks. */
  readonly signal: AbortSignal;
  /**
   * The request has ended.
   * @param isGone whether the page left before it was answered: when the last one does, the view is stopped
   */
  leave(isGone: boolean): void;
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
  ): ViewTurn<View> {
    const known = this.#views.get(page);
    if (known && (number < known.number || (number === known.number && key !== known.key)))
      throw new ViewSuperseded();
    if (known?.number === number) return this.#turn(page, known);
    known?.stop.abort(new ViewSuperseded());
    const stop = new AbortController();
    const view = open(stop.signal);
    // Each request awaits it; that none does any more is no fault of the process.
    view.catch(() => {});
    // The newest page is the last: the first is the one that asked longest ago.
    this.#views.delete(page);
    const queued: QueuedView<View> = { number, key, stop, view, waiting: 0 };
    this.#views.set(page, queued);
    for (const [oldest, { stop: old }] of this.#views) {
      if (this.#views.size <= mostPages) break;
      old.abort(new ViewSuperseded());
      this.#views.delete(oldest);
    }
    return this.#turn(page, queued);
  }

  #turn(page: string, queued: QueuedView<View>): ViewTurn<View> {
    queued.waiting += 1;
    return {
      view: queued.view,
      signal: queued.stop.signal,
      leave: (isGone) => {
        queued.waiting -= 1;
        if (!isGone || queued.waiting > 0) return;
        queued.stop.abort(new ViewSuperseded());
        if (this.#views.get(page) === queued) this.#views.delete(page);
      },
    };
  }

  /** Stops what every page asks. */
  close(): void {
    for (const { stop } of this.#views.values()) stop.abort(new ViewSuperseded());
    this.#views.clear();
  }
}
