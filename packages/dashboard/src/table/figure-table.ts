import type { AnswerColumn } from '@headwater/queries';
import type { AnswerRow } from '../chart/chart-answer.ts';
import {
  type ChartSpec,
  type FunnelSpec,
  isMeasureChannel,
  type MeasureChannel,
} from '../chart/chart-spec.ts';
import { dimensionText } from '../chart/dimension-text.ts';
import { drawnMeasures } from '../chart/drawn-measures.ts';
import { figureText, formatFor } from '../chart/figure-format.ts';
import { figureOf } from '../chart/figure-of.ts';
import { rangeWords } from '../chart/period-words.ts';
import type { Compared } from '../compare/compared.ts';
import { deltaOf } from '../compare/delta.ts';
import { pairRows } from '../compare/pair-rows.ts';
import { funnelFigures } from './funnel-figures.ts';

/** A column of a table: what it is of, and what it is for. */
export interface TableColumn {
  /** Unique in the table: `revenue`, `revenue_before`, `revenue_change`. */
  readonly name: string;
  /** Words for its header. */
  readonly title: string;
  readonly role: 'dimension' | 'measure' | 'before' | 'change';
  /** The kind of its values; a change is a part, or a difference of parts. */
  readonly type: AnswerColumn['type'];
}

/** A value, and how people read it. A value that is missing is null, and never zero. */
export interface TableCell {
  readonly value: string | number | null;
  readonly text: string;
}

/** The figures of a chart as a table. */
export interface FigureTable {
  readonly caption: string;
  readonly columns: readonly TableColumn[];
  /** A cell for each column. */
  readonly rows: readonly (readonly TableCell[])[];
}

const double = { kind: 'double' } as const;

/**
 * The figures of a chart as a table: each row with the drawn measures, what they were, and their change; then the other measures. A funnel
 * has a row for each step. Ranks are left out, for they are the order of the rows.
 */
export const figureTable = (spec: ChartSpec, compared: Compared): FigureTable =>
  spec.mark === 'funnel' ? funnelTable(spec, compared) : answerTable(spec, compared);

function answerTable(spec: Exclude<ChartSpec, FunnelSpec>, { now, before }: Compared): FigureTable {
  const dimensions = spec.table.filter((one) => !isMeasureChannel(one) && one.column !== 'rank');
  const drawn = drawnMeasures(spec);
  // The other measures of a figure's metric have figures of their own.
  const others =
    spec.mark === 'kpi'
      ? []
      : spec.table
          .filter(isMeasureChannel)
          .filter(({ column }) => !drawn.some((one) => one.column === column));
  const pairs: readonly Pair[] = before
    ? pairRows(now, before).filter((pair) => pair.now !== undefined)
    : now.rows.map((row) => ({ now: row, before: undefined }));
  const typeOf = (name: string) => now.columns.find((one) => one.name === name)?.type ?? double;
  const formats = new Map(
    [...drawn, ...others].map(({ column, format }) => [
      column,
      formatFor(
        format,
        pairs.flatMap((pair) => [figureOf(pair.now, column), figureOf(pair.before, column)]),
      ),
    ]),
  );
  const format = ({ column, format: own }: MeasureChannel) => formats.get(column) ?? own;
  const words = before && wordsOf({ now, before });
  const measures = [
    ...drawn.map((one) => ({ one, isCompared: before !== undefined })),
    ...others.map((one) => ({ one, isCompared: false })),
  ];
  return {
    caption: `${spec.title}, ${rangeWords(now.range)}`,
    columns: [
      ...dimensions.map(
        ({ column, title }): TableColumn => ({
          name: column,
          title,
          role: 'dimension',
          type: typeOf(column),
        }),
      ),
      ...measures.flatMap(({ one, isCompared }) =>
        measureColumns(one, typeOf(one.column), isCompared ? words : undefined),
      ),
    ],
    rows: pairs.map((pair) => [
      ...dimensions.map((one): TableCell => {
        if (isMeasureChannel(one)) throw new TypeError(`${one.column} is no dimension.`);
        const value = pair.now?.[one.column];
        const text = dimensionText(value, one, now.grain);
        return { value: typeof value === 'number' ? value : (value ?? null) && String(value), text };
      }),
      ...measures.flatMap(({ one, isCompared }) => {
        const [own, was] = [figureOf(pair.now, one.column), figureOf(pair.before, one.column)];
        return measureCells(own, isCompared ? was : undefined, format(one));
      }),
    ]),
  };
}

interface Pair {
  readonly now: AnswerRow | undefined;
  readonly before: AnswerRow | undefined;
}

/** A funnel: a row for each step, with its part of the first; then what steps have in common. */
function funnelTable(spec: FunnelSpec, compared: Compared): FigureTable {
  const { now, before } = compared;
  const words = before && wordsOf({ now, before });
  const [count, share] = [
    { column: 'count', title: 'Count', format: { kind: 'count', digits: 0 }, addsUp: false },
    { column: 'share', title: 'Of the first', format: { kind: 'share', digits: 2 }, addsUp: false },
  ] as const satisfies readonly MeasureChannel[];
  return {
    caption: `${spec.title}, ${rangeWords(now.range)}`,
    columns: [
      { name: 'step', title: 'Step', role: 'dimension', type: { kind: 'string' } },
      ...measureColumns(count, { kind: 'int64' }, words),
      ...measureColumns(share, double, words),
    ],
    rows: funnelFigures(spec, compared).map((row) => [
      { value: row.name, text: row.name },
      ...measureCells(row.value, before && row.before, count.format),
      ...measureCells(row.share, before && row.shareBefore, share.format),
    ]),
  };
}

const wordsOf = ({ now, before }: Required<Pick<Compared, 'now'>> & { readonly before: Compared['now'] }) =>
  rangeWords(before.range, before.range.to.slice(0, 4) !== now.range.to.slice(0, 4));

/** @param words the compared range; undefined where nothing is compared */
function measureColumns(
  { column, title }: Pick<MeasureChannel, 'column' | 'title'>,
  type: AnswerColumn['type'],
  words: string | undefined,
): TableColumn[] {
  const own: TableColumn = { name: column, title, role: 'measure', type };
  if (words === undefined) return [own];
  return [
    own,
    { name: `${column}_before`, title: words, role: 'before', type },
    { name: `${column}_change`, title: 'Change', role: 'change', type: double },
  ];
}

/** @param was undefined where nothing is compared */
function measureCells(
  own: number | null,
  was: number | null | undefined,
  format: MeasureChannel['format'],
): TableCell[] {
  const cell = (value: number | null): TableCell => ({ value, text: figureText(value, format) });
  if (was === undefined) return [cell(own)];
  const delta = deltaOf(own, was, format);
  return [cell(own), cell(was), { value: delta?.change ?? null, text: delta?.text ?? '–' }];
}
