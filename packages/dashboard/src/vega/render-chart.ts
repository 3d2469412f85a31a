import { parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { VegaLiteSpec } from './chart-frame.ts';

/**
 * A Vega view of a specification, without a page. Expressions are interpreted: nothing is compiled to code by `eval` or `Function`, so
 * that the same specifications run under a strict content security policy.
 */
export function chartView(spec: VegaLiteSpec): View {
  const runtime = parse(compile(spec as unknown as TopLevelSpec, { logger: silent }).spec, undefined, {
    ast: true,
  });
  // The types of Vega lack the interpreter, which View takes.
  const options = { expr: expressionInterpreter, renderer: 'none' } as ConstructorParameters<typeof View>[1];
  return new View(runtime, options);
}

/** Draws a specification as SVG, as text. Takes some tens of milliseconds. */
export async function renderSvg(spec: VegaLiteSpec): Promise<string> {
  const view = chartView(spec);
  try {
    return await svgOf(view);
  } finally {
    view.finalize();
  }
}

/** The drawing of a view as SVG, without what a page does not need. */
export const svgOf = async (view: View): Promise<string> =>
  (await view.toSVG()).replace(/ xmlns:xlink="[^"]*"| version="1.1"| class="marks"/g, '');

/** Warnings of the compiler are about specifications, which tests look at; a reader of a page can do nothing about them. */
const silent = {
  level: () => silent,
  error: (...messages: readonly unknown[]) => {
    throw new Error(messages.join(' '));
  },
  warn: () => silent,
  info: () => silent,
  debug: () => silent,
};
