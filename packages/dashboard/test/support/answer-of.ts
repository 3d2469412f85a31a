import { describeAnswer, metricOf } from '@headwater/queries';
import type { AnswerRow, ChartAnswer, PeriodLength } from '../../src/index.ts';
import { clickstream } from './clickstream.ts';

/** An answer with rows of the test's own, to a question that a metric declares. */
export function answerOf(
  name: string,
  parameters: Readonly<Record<string, string>>,
  rows: readonly AnswerRow[],
): ChartAnswer {
  const { from = '2024-03-04', to = '2024-03-10', grain } = parameters;
  const described = describeAnswer(metricOf(name), parameters, {
    schema: clickstream.schema,
    withHidden: true,
  });
  return { ...described, rows, range: { from, to }, grain: (grain ?? 'day') as PeriodLength };
}
