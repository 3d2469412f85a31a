import type { AnswerRow } from './chart-answer.ts';
import type { FunnelSpec } from './chart-spec.ts';
import { dimensionText } from './dimension-text.ts';
import { figureOf } from './figure-of.ts';

/** A step of a funnel. */
export interface FunnelStep {
  readonly key: string;
  readonly name: string;
  readonly value: number | null;
}

/** The steps of a funnel with their figures, in their order. */
export function funnelSteps({ steps }: FunnelSpec, rows: readonly AnswerRow[]): FunnelStep[] {
  if (steps.kind === 'columns')
    return steps.columns.map(({ column, title }) => ({
      key: column,
      name: title,
      value: figureOf(rows[0], column),
    }));
  return rows.map((row) => ({
    key: String(row[steps.step.column]),
    name: dimensionText(row[steps.step.column], steps.step),
    value: figureOf(row, steps.value.column),
  }));
}
