import type { ChartMark, ChartSpec } from '../chart/chart-spec.ts';
import { grainWords, rangeWords } from '../chart/period-words.ts';
import type { Compared } from '../compare/compared.ts';
import { barSentence } from './bar-sentence.ts';
import { funnelSentence } from './funnel-sentence.ts';
import { heatmapSentence } from './heatmap-sentence.ts';
import { kpiSentence } from './kpi-sentence.ts';
import { lineSentence } from './line-sentence.ts';

type Writer<Mark extends ChartMark> = (
  spec: Extract<ChartSpec, { mark: Mark }>,
  compared: Compared,
) => string;

const writers: { readonly [Mark in ChartMark]: Writer<Mark> } = {
  kpi: kpiSentence,
  line: lineSentence,
  bar: barSentence,
  funnel: funnelSentence,
  heatmap: heatmapSentence,
  table: (_, { now }) => `${grainWords('row', now.rows.length)}.`,
};

/**
 * One sentence that says what a chart shows, made of its figures by fixed rules: the same rows give the same words.
 *
 * @example
 * sentenceOf(spec, { now, before });
 * // 'Highest on Sat 21 Nov (22,086), lowest on Wed 18 Nov (20,601); above 9–15 Nov on 6 of 7 days.'
 */
export function sentenceOf(spec: ChartSpec, compared: Compared): string {
  if (compared.now.rows.length === 0) return `No figures for ${rangeWords(compared.now.range)}.`;
  return (writers[spec.mark] as Writer<ChartMark>)(spec, compared);
}
