import type { ChartInfo } from '../api/api.ts';
import type { ViewState } from '../api/view-state.ts';
import { ChartPlot } from './chart-plot.tsx';
import { Definition } from './definition.tsx';
import { FigureTable } from './figure-table.tsx';
import { plotId, type View } from './use-view.ts';

interface ChartCardProps {
  readonly view: View;
  readonly info: ChartInfo;
  readonly state: ViewState;
  readonly isTable: boolean;
  readonly swap: () => void;
}

/** A chart with its sentence, or the table of its figures in its place. */
export function ChartCard({ view, info, state, isTable, swap }: ChartCardProps) {
  const { answer, isBusy, error } = view.tile(info.id);
  if (answer?.kind === 'lacking') return null;
  const chart = answer?.kind === 'chart' ? answer : undefined;
  const title = chart?.title ?? info.title;
  const id = `h-${info.id}`;
  return (
    <section class={`card s${info.span}`} id={info.id} aria-labelledby={id} aria-busy={isBusy}>
      <div class="ch">
        <h2 id={id}>{title}</h2>
        {chart && <Definition id={info.id} title={title} definition={chart.definition} state={state} />}
        <button type="button" class="btn sm swap" aria-pressed={isTable} onClick={swap}>
          View as table<span class="sr">: {title}</span>
        </button>
      </div>
      {error !== undefined && <p class="err">{error}</p>}
      <p class="sum">{chart?.sentence}</p>
      {chart && isTable && <FigureTable table={chart.table} title={title} />}
      {chart && !isTable && (
        <>
          {chart.key !== undefined && <div dangerouslySetInnerHTML={{ __html: chart.key }} />}
          {chart.svg === '' ? <p class="none">Nothing to draw.</p> : <ChartPlot chart={chart} kind="chart" />}
          {chart.note !== undefined && <div dangerouslySetInnerHTML={{ __html: chart.note }} />}
        </>
      )}
      {!chart && <div class="plot wait" id={plotId(info.id)} />}
    </section>
  );
}
