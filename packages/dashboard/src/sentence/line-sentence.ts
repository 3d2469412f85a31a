import type { AnswerRow, ChartAnswer } from '../chart/chart-answer.ts';
import type { LineSpec } from '../chart/chart-spec.ts';
import { dimensionText } from '../chart/dimension-text.ts';
import { figureText, formatFor } from '../chart/figure-format.ts';
import { figureOf } from '../chart/figure-of.ts';
import { grainWords, rangeWords } from '../chart/period-words.ts';
import type { Compared } from '../compare/compared.ts';
import { pairRows } from '../compare/pair-rows.ts';
import { periodsOf } from '../compare/periods-of.ts';
import { extremes } from './extremes.ts';

/** Where a line is highest and lowest, on how many periods it is above the compared ones, and how many have no figure. */
export function lineSentence(spec: LineSpec, { now, before }: Compared): string {
  if (spec.series) return seriesSentence(spec, now);
  const grain = now.grain ?? 'day';
  const [{ column, format }] = spec.y;
  const points = now.rows.map((row) => ({ value: figureOf(row, column), row }));
  const found = extremes(points);
  if (!found) return `No figures for ${rangeWords(now.range)}.`;
  const shown = formatFor(
    format,
    points.map(({ value }) => value),
  );
  const periodAt = (row: AnswerRow) => dimensionText(row[spec.x.column], spec.x, grain);
  const at = ({ row, value }: (typeof points)[number]) => `${periodAt(row)} (${figureText(value, shown)})`;
  const known = points.filter(({ value }) => value !== null).length;
  const { highest, lowest } = found;
  const where =
    known === 1 ? `${inWords(grain)}${periodAt(highest.row)}` : `in each of ${grainWords(grain, known)}`;
  const main =
    highest.value === lowest.value
      ? `${figureText(highest.value, shown)} ${where}`
      : `Highest ${inWords(grain)}${at(highest)}, lowest ${inWords(grain)}${at(lowest)}`;
  return `${main}${above(spec, now, before)}.${gaps(spec, now, known)}`;
}

const inWords = (grain: string): string => ({ day: 'on ', hour: 'at ' })[grain] ?? 'in ';

/** `; above 9–15 Nov on 6 of 7 days`, of the periods that both have. */
function above(spec: LineSpec, now: ChartAnswer, before: ChartAnswer | undefined): string {
  if (!before) return '';
  const [{ column }] = spec.y;
  const both = pairRows(now, before).flatMap((pair) => {
    const [mine, theirs] = [figureOf(pair.now, column), figureOf(pair.before, column)];
    return mine === null || theirs === null ? [] : [Math.sign(mine - theirs)];
  });
  const words = rangeWords(before.range, before.range.to.slice(0, 4) !== now.range.to.slice(0, 4));
  if (both.length === 0) return `; ${words} has no figures to compare with`;
  const count = (sign: number) => both.filter((one) => one === sign).length;
  const [over, under] = [count(1), count(-1)];
  const periods = grainWords(now.grain ?? 'day', both.length);
  if (over === 0 && under === 0) return `; as in ${words} on all ${periods}`;
  const [word, times] = over > 0 ? (['above', over] as const) : (['below', under] as const);
  return `; ${word} ${words} on ${times === both.length ? `${both.length === 1 ? '' : 'all '}${periods}` : `${times} of ${periods}`}`;
}

/** How many periods of the range have no figure. */
function gaps(spec: LineSpec, { range, rows, grain = 'day' }: ChartAnswer, known: number): string {
  const missing = periodsOf(range, grain, rows, spec.x).length - known;
  return missing > 0 ? ` ${grainWords(grain, missing)} without a figure: a gap, not zero.` : '';
}

/** Which series is highest most often. */
function seriesSentence(
  { series, x, y: [{ column, title }] }: LineSpec,
  { rows, grain = 'day' }: ChartAnswer,
): string {
  if (!series) return '';
  const periods = [...Map.groupBy(rows, (row) => String(row[x.column])).values()];
  const leaders = periods.flatMap((own) => {
    const found = extremes(own.map((row) => ({ value: figureOf(row, column), row })));
    return found ? [dimensionText(found.highest.row[series.column], series)] : [];
  });
  const counts = [...Map.groupBy(leaders, (one) => one)].map(([name, times]) => ({
    name,
    value: times.length,
  }));
  const first = extremes(counts)?.highest;
  if (!first) return `No figures of ${title}.`;
  const of = grainWords(grain, leaders.length);
  return `${first.name} is highest in ${first.value === leaders.length ? of : `${first.value} of ${of}`}.`;
}
