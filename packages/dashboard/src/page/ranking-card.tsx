import { useState } from 'preact/hooks';
import type { BoardInfo, ChartInfo, RankingTileAnswer } from '../api/api.ts';
import type { ViewState } from '../api/view-state.ts';
import { Breakable } from './breakable.tsx';
import { Definition } from './definition.tsx';
import { ChangeText } from './delta-text.tsx';
import { Downloads } from './downloads.tsx';
import { Fault } from './fault.tsx';
import { SortHeader } from './figure-table.tsx';
import { toggled } from './filters.ts';
import { pictureOf } from './picture.ts';
import { type Sorting, sortedRows } from './sorted-rows.ts';
import type { View } from './use-view.ts';

/** How many rows a ranking shows before it is asked for all. */
const fewRows = 8;

interface RankingCardProps {
  readonly view: View;
  readonly board: BoardInfo;
  readonly info: ChartInfo;
  readonly state: ViewState;
}

/** The largest values of a dimension as bars in a table: sorted by figure or by change, and each a filter. */
export function RankingCard({ view, board, info, state }: RankingCardProps) {
  const { answer, isBusy, error } = view.tile(info.id);
  if (answer?.kind === 'lacking') return null;
  const id = `h-${info.id}`;
  const ranking = answer?.kind === 'ranking' ? answer : undefined;
  return (
    <section class={`card s${info.span}`} id={info.id} aria-labelledby={id} aria-busy={isBusy}>
      <div class="ch">
        <h2 id={id}>{info.title}</h2>
        {ranking && (
          <>
            <Definition id={info.id} title={info.title} definition={ranking.definition} />
            {ranking.table.rows.length > 0 && (
              <span class="tools">
                <Downloads
                  id={info.id}
                  title={info.title}
                  state={state}
                  picture={() => pictureOf(ranking, state, board)}
                />
              </span>
            )}
          </>
        )}
      </div>
      {error === undefined ? (
        <p class="sum">{ranking?.sentence}</p>
      ) : (
        <Fault what={info.title} error={error} retry={view.retry} />
      )}
      {ranking && ranking.table.rows.length > 0 && (
        <RankingTable view={view} ranking={ranking} state={state} />
      )}
      {ranking?.table.rows.length === 0 && <p class="none">No purchases, so nothing to rank.</p>}
      {!ranking && error === undefined && <div class="bones" />}
    </section>
  );
}

function RankingTable({
  view,
  ranking: { table, column, title },
  state,
}: {
  view: View;
  ranking: RankingTileAnswer;
  state: ViewState;
}) {
  const [sorting, sort] = useState<Sorting>();
  const [isAll, showAll] = useState(false);
  const most = Math.max(...table.rows.map((row) => Number(row[1]?.value ?? 0)), 0) || 1;
  const rows = sortedRows(table.rows, sorting);
  const chosen = column === undefined ? [] : (state.filters[column] ?? []);
  // The compared figure is in the change; a phone has no room for both.
  const shown = table.columns.flatMap(({ role }, index) => (role === 'before' ? [] : [index]));
  return (
    <>
      <table class="lb">
        <caption>
          <span class="sr">{title} by revenue. </span>
          {column !== undefined && 'Select a name to filter.'}
        </caption>
        <thead>
          <tr>
            {shown.map((index) => {
              const one = table.columns[index];
              return (
                one && <SortHeader key={one.name} column={one} index={index} sorting={sorting} sort={sort} />
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, isAll ? rows.length : fewRows).map((row) => {
            const [name, figure] = row;
            const value = name?.value === null || name?.value === undefined ? null : String(name.value);
            const isChosen = chosen.includes(value);
            return (
              <tr key={value ?? '\u0000'}>
                <th scope="row">
                  <span
                    class="fill"
                    aria-hidden="true"
                    style={{ width: `${(100 * Number(figure?.value ?? 0)) / most}%` }}
                  />
                  {column === undefined ? (
                    <span>
                      <Breakable text={name?.text ?? ''} />
                    </span>
                  ) : (
                    <button
                      type="button"
                      class="row"
                      aria-pressed={isChosen}
                      onClick={() => view.show({ filters: toggled(state.filters, column, value) })}
                    >
                      <Breakable text={name?.text ?? ''} />
                    </button>
                  )}
                </th>
                {shown.slice(1).map((index) => {
                  const cell = row[index];
                  const { name: of = '', role } = table.columns[index] ?? {};
                  return (
                    <td class="n" key={of}>
                      {role === 'change' && cell ? (
                        <ChangeText text={cell.text} />
                      ) : (
                        <data value={String(cell?.value ?? '')}>{cell?.text}</data>
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
      {rows.length > fewRows && (
        <p class="more">
          <button type="button" class="lk" aria-expanded={isAll} onClick={() => showAll(!isAll)}>
            {isAll ? `Show the first ${fewRows}` : `Show all ${rows.length}`}
          </button>
        </p>
      )}
    </>
  );
}
