import type { FunnelSpec } from '../chart/chart-spec.ts';
import { figureText } from '../chart/figure-format.ts';
import type { Compared } from '../compare/compared.ts';
import { deltaOf } from '../compare/delta.ts';
import { funnelRows } from '../table/funnel-figures.ts';
import type { ChartFrame, VegaLiteSpec } from './chart-frame.ts';
import { rowChart } from './row-chart.ts';

/** Lying bars for the steps; never a shape that tapers, for a later step may be larger. Marks are where the parts were before. */
export function funnelChart(spec: FunnelSpec, compared: Compared, frame: ChartFrame): VegaLiteSpec {
  const rows = funnelRows(spec, compared);
  return rowChart(
    rows.map(({ name, value, share, shareBefore }, index) => ({
      name,
      value: share,
      before: index === 0 ? null : shareBefore,
      texts: [figureText(value, { kind: 'count', digits: 0 }), ...partTexts(share, shareBefore, index)],
    })),
    frame,
  );
}

function partTexts(share: number | null, before: number | null, index: number): string[] {
  const format = { kind: 'share', digits: share !== null && share < 0.1 ? 2 : 1 } as const;
  const delta = index === 0 ? undefined : deltaOf(share, before, format);
  return [figureText(share, format), ...(delta ? [delta.text] : [])];
}
