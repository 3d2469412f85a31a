import type { VegaLiteSpec } from '../../src/index.ts';
import { chartView } from '../../src/vega/render-chart.ts';

/** A mark as it is drawn: where it stands, and the row that it was drawn of. */
export interface DrawnItem {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill?: string;
  readonly text?: string;
  readonly datum: Readonly<Record<string, unknown>>;
}

/** What a renderer draws, by the name of its layer, and the scales that it was placed by. */
export interface Scene {
  readonly layers: ReadonlyMap<string, readonly DrawnItem[]>;
  /** The value of a place. */
  invert(scale: 'x' | 'y', place: number): number;
}

interface Node {
  readonly name?: string;
  readonly items?: readonly Node[];
  readonly datum?: unknown;
}

/** Runs a specification as a page would, and reads back what it draws. */
export async function sceneOf(spec: VegaLiteSpec): Promise<Scene> {
  const view = chartView(spec);
  await view.runAsync();
  const layers = new Map<string, DrawnItem[]>();
  const visit = (node: Node): void => {
    const name = node.name?.replace(/_marks$/, '');
    if (name !== undefined && node.items)
      layers.set(name, node.items.filter(({ datum }) => datum) as unknown as DrawnItem[]);
    for (const child of node.items ?? []) visit(child);
  };
  visit((view.scenegraph() as unknown as { readonly root: Node }).root);
  return {
    layers,
    invert: (scale, place) => (view.scale(scale) as { invert(place: number): number }).invert(place),
  };
}
