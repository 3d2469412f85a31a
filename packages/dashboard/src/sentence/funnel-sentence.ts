import type { FunnelSpec } from '../chart/chart-spec.ts';
import { figureText } from '../chart/figure-format.ts';
import { funnelSteps } from '../chart/funnel-steps.ts';
import type { Compared } from '../compare/compared.ts';

const count = { kind: 'count', digits: 0 } as const;

/** How many come to the last step, and where most are lost; a step that is larger than the one before is said to be. */
export function funnelSentence(spec: FunnelSpec, { now }: Compared): string {
  const steps = funnelSteps(spec, now.rows).flatMap(({ name, value }) =>
    value === null ? [] : [{ name, value }],
  );
  const [first, last] = [steps[0], steps.at(-1)];
  if (!first || !last || steps.length < 2) return 'No figures for the steps.';
  if (first.value === 0) return `${first.name}: 0.`;
  const share = last.value / first.value;
  const percent = figureText(share, { kind: 'share', digits: share < 0.1 ? 2 : 1 });
  const moves = steps.slice(1).map((step, index) => ({ from: steps[index] ?? first, to: step }));
  const grown = moves.find(({ from, to }) => to.value > from.value);
  const lost = moves.reduce(
    (most, one) => (loss(one) > loss(most) ? one : most),
    moves[0] ?? { from: first, to: last },
  );
  const most =
    loss(lost) > 0 ? `; most are lost from ${lower(lost.from.name)} to ${lower(lost.to.name)}` : '';
  const main = `${last.name}: ${figureText(last.value, count)} of ${figureText(first.value, count)} (${percent})${most}.`;
  return grown
    ? `${main} ${grown.to.name} (${figureText(grown.to.value, count)}) are more than ${lower(grown.from.name)} (${figureText(grown.from.value, count)}): each step is counted by itself, and does not need the one before.`
    : main;
}

const loss = ({ from, to }: { from: { value: number }; to: { value: number } }): number =>
  from.value === 0 ? 0 : (from.value - to.value) / from.value;
const lower = (name: string): string => `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
