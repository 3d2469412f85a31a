import type { FunnelSpec } from '../chart/chart-spec.ts';
import { figureText } from '../chart/figure-format.ts';
import { funnelSteps } from '../chart/funnel-steps.ts';
import type { Compared } from '../compare/compared.ts';
import { deltaOf } from '../compare/delta.ts';
import type { ChartFrame, VegaLiteSpec } from './chart-frame.ts';
import { rowChart } from './row-chart.ts';

/** A step with its part of the first one, and the change of that part. */
export interface FunnelRow {
  readonly key: string;
  readonly name: string;
  readonly value: number | null;
  readonly before: number | null;
  /** Of the first step; null where that is 0. */
  readonly share: number | null;
  readonly shareBefore: number | null;
}

/** The steps of a funnel, each counted by itself, with their parts of the first. */
export function funnelRows(spec: FunnelSpec, { now, before }: Compared): FunnelRow[] {
  const [mine, theirs] = [funnelSteps(spec, now.rows), before ? funnelSteps(spec, before.rows) : []];
  const part = (value: number | null, whole: number | null | undefined) =>
    value === null || !whole ? null : value / whole;
  return mine.map((step) => {
    const other = theirs.find(({ key }) => key === step.key)?.value ?? null;
    return {
      ...step,
      before: other,
      share: part(step.value, mine[0]?.value),
      shareBefore: part(other, theirs[0]?.value),
    };
  });
}

/** Lying bars for the steps; never a shape that tapers, for a later step may be larger. Marks are where the parts were before. */
export function funnelChart(spec: FunnelSpec, compared: Compared, frame: ChartFrame): VegaLiteSpec {
  const rows = funnelRows(spec, compared);
  return rowChart(
    rows.map(({ name, value, share, shareBefore }, index) => ({
      name,
      value: share,
      before: index === 0 ? null : shareBefore,
      text: `${figureText(value, { kind: 'count', digits: 0 })}\u00a0\u00a0\u00a0${partText(share, shareBefore, index)}`,
    })),
    frame,
  );
}

function partText(share: number | null, before: number | null, index: number): string {
  const format = { kind: 'share', digits: share !== null && share < 0.1 ? 2 : 1 } as const;
  const delta = index === 0 ? undefined : deltaOf(share, before, format);
  return `${figureText(share, format)}${delta ? `\u00a0\u00a0${delta.text}` : ''}`;
}
