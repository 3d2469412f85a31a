import type { BoardInfo, ChartInfo } from '../api/api.ts';
import type { ViewState } from '../api/view-state.ts';
import { ChartPlot } from './chart-plot.tsx';
import { Definition } from './definition.tsx';
import { Downloads } from './downloads.tsx';
import { Fault } from './fault.tsx';
import { FigureTable } from './figure-table.tsx';
import { pictureOf } from './picture.ts';
import { plotId, type View } from './use-view.ts';

interface ChartCardProps {
  readonly view: View;
  readonly board: BoardInfo;
  readonly info: ChartInfo;
  readonly state: ViewState;
  readonly isTable: boolean;
  readonly swap: () => void;
}

/** A chart with its sentence, or the table of its figures in its place. */
export function ChartCard({ view, board, info, state, isTable, swap }: ChartCardProps) {
  const { answer, isBusy, error } = view.tile(info.id);
  if (answer?.kind === 'lacking') return null;
  const chart = answer?.kind === 'chart' ? answer : undefined;
  const title = chart?.title ?? (info.id === 'course' ? courseTitle(board, state) : info.title);
  const id = `h-${info.id}`;
  return (
    <section class={`card s${info.span}`} id={info.id} aria-labelledby={id} aria-busy={isBusy}>
      <div class="ch">
        <h2 id={id}>{title}</h2>
        {chart && <Definition id={info.id} title={title} definition={chart.definition} />}
        <span class="tools">
          {chart && chart.svg !== '' && (
            <Downloads
              id={info.id}
              title={title}
              state={state}
              picture={() => pictureOf(chart, state, board)}
            />
          )}
          <button type="button" class="btn sm swap" aria-pressed={isTable} onClick={swap}>
            <span>
              <span class="opt">View as </span>
              <span class="word">table</span>
              <span class="sr">: {title}</span>
            </span>
          </button>
        </span>
      </div>
      {error !== undefined && <Fault what={title} error={error} retry={view.retry} />}
      {error === undefined && <p class="sum">{chart?.sentence}</p>}
      {chart && isTable && <FigureTable table={chart.table} title={title} />}
      {chart && !isTable && (
        <>
          {chart.key !== undefined && <div dangerouslySetInnerHTML={{ __html: chart.key }} />}
          {chart.svg === '' ? (
            <p class="none">No figures, so nothing to draw.</p>
          ) : (
            <ChartPlot chart={chart} kind="chart" />
          )}
          {chart.note !== undefined && <div dangerouslySetInnerHTML={{ __html: chart.note }} />}
        </>
      )}
      {info.id === 'course' && chart && !isTable && chart.svg !== '' && (
        <p class="note">
          Select a figure above to show it here. Point at a chart, or use the arrow keys, for exact figures.
        </p>
      )}
      {!chart && error === undefined && <div class="plot wait" id={plotId(info.id)} />}
    </section>
  );
}

/** The title of the main chart before its answer is there. */
function courseTitle({ figures }: BoardInfo, { tile, grain }: ViewState): string {
  const figure = figures.find(({ id }) => id === tile);
  return `${figure?.title.replace(/ a day$/, '') ?? ''} by ${grain}`;
}
