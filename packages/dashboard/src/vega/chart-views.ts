import type { View } from 'vega';
import type { VegaLiteSpec } from './chart-frame.ts';
import { chartView } from './render-chart.ts';
import { type SpecShape, shapeOf } from './spec-shape.ts';

/** A compiled view, and its last drawing: the next one waits for it. */
interface KeptView {
  readonly view: View;
  last: Promise<unknown>;
}

/** Shapes that are kept. Each takes about a megabyte; a board has some fifteen. */
const mostViews = 64;

/**
 * Views of charts by the shape of their specification. Compiling and parsing takes most of the time of a drawing, and depends on the
 * shape alone: a view is compiled once, and gets other figures for each drawing.
 */
export class ChartViews {
  // A Map keeps the order of insertion, so the first is the least recently used.
  readonly #views = new Map<string, KeptView>();

  /**
   * Shows a specification in the view of its shape, while `draw` runs. Drawings of one shape run one after the other.
   *
   * @param draw reads the view, which has run
   */
  async show<Drawn>(spec: VegaLiteSpec, draw: (view: View) => Promise<Drawn>): Promise<Drawn> {
    const shape = shapeOf(spec);
    const kept = this.#viewOf(shape);
    const shown = kept.last.then(async () => {
      fill(kept.view, shape);
      await kept.view.runAsync();
      return draw(kept.view);
    });
    // A view that failed is in no known state.
    kept.last = shown.catch(() => this.#drop(shape.key, kept));
    return shown;
  }

  #viewOf(shape: SpecShape): KeptView {
    const found = this.#views.get(shape.key);
    const kept = found ?? { view: chartView(shape.spec), last: Promise.resolve() };
    this.#views.delete(shape.key);
    this.#views.set(shape.key, kept);
    for (const [key, oldest] of this.#views) {
      if (this.#views.size <= mostViews) break;
      this.#drop(key, oldest);
    }
    return kept;
  }

  #drop(key: string, kept: KeptView): void {
    if (this.#views.get(key) === kept) this.#views.delete(key);
    // After the drawings that wait for it.
    void kept.last.then(() => kept.view.finalize());
  }
}

function fill(view: View, { width, rows, parameters }: SpecShape): void {
  // Vega adds its own mark to each row, so it gets copies.
  for (const [name, values] of rows)
    view.data(
      name,
      values.map((one) => ({ ...one })),
    );
  for (const [name, value] of parameters) view.signal(name, value);
  // The room that the words of an axis take is measured anew, from the width of the whole: the drawing before has left that of its plot.
  view.width(width).resize();
}
