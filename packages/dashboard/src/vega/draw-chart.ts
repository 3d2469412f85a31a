import type { View } from 'vega';
import type { VegaLiteSpec } from './chart-frame.ts';
import { ChartViews } from './chart-views.ts';
import { svgOf } from './render-chart.ts';

/** A mark where it was drawn, in the units of the drawing, with the row that it was drawn of. */
export interface DrawnMark {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly datum: Readonly<Record<string, unknown>>;
}

/** A drawing, and where its marks are. */
export interface Drawing {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** By the name of the layer. */
  readonly marks: ReadonlyMap<string, readonly DrawnMark[]>;
}

/** A node of Vega's scene: a mark with its items, or an item with its place in the group around it. */
interface SceneNode {
  readonly name?: string;
  readonly marktype?: string;
  readonly items?: readonly SceneNode[];
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly datum?: Readonly<Record<string, unknown>>;
}

/** The views of this process. What is drawn depends on the specification alone. */
const views = new ChartViews();

/** Draws a specification as SVG, and says where each mark stands, so that a page can put a cursor there. */
export const drawChart = (spec: VegaLiteSpec): Promise<Drawing> => views.show(spec, drawingOf);

async function drawingOf(view: View): Promise<Drawing> {
  const svg = await svgOf(view);
  const [, width = 0, height = 0] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)?.map(Number) ?? [];
  const marks = new Map<string, DrawnMark[]>();
  // The whole scene is moved by the room that axes take, which the SVG says.
  const [, left = 0, top = 0] = /translate\(([-\d.]+),([-\d.]+)\)/.exec(svg)?.map(Number) ?? [];
  const visit = (node: SceneNode, x: number, y: number): void => {
    const name = node.name?.replace(/_marks$/, '');
    const items = node.items ?? [];
    if (name !== undefined && node.marktype !== 'group')
      marks.set(
        name,
        items.flatMap((item) => (item.datum ? [placeOf(item, item.datum, x, y)] : [])),
      );
    // The items of a mark of groups are the frames that other marks stand in.
    if (node.marktype === 'group')
      for (const group of items)
        for (const child of group.items ?? []) visit(child, x + (group.x ?? 0), y + (group.y ?? 0));
  };
  const root = (view.scenegraph() as unknown as { readonly root: SceneNode }).root;
  visit(root, left, top);
  return { svg, width, height, marks };
}

const placeOf = (
  { x = 0, y = 0, width = 0, height = 0 }: SceneNode,
  datum: DrawnMark['datum'],
  left: number,
  top: number,
): DrawnMark => ({ x: left + x, y: top + y, width, height, datum });
