import type { BoardInfo } from '../api/api.ts';
import { grainsFor, viewGrains } from '../api/view-grains.ts';
import type { ViewState } from '../api/view-state.ts';
import type { DayRange } from '../chart/chart-answer.ts';
import { daysIn } from '../chart/days.ts';
import { AddFilter } from './add-filter.tsx';
import { filterText, toggled } from './filters.ts';
import { type PresetName, presetOf, rangePresets } from './range-presets.ts';
import { say } from './say.ts';
import type { View } from './use-view.ts';

const comparisonNames = {
  period: 'days before',
  weekdays: 'same weekdays before',
  year: 'year before',
} as const;

interface BarProps {
  readonly view: View;
  readonly board: BoardInfo;
  readonly state: ViewState;
  readonly isAdding: boolean;
  readonly setAdding: (isAdding: boolean) => void;
}

/** Days, comparison, grain and filters. Everything here is in the address. */
export function FilterBar({ view, board, state, isAdding, setAdding }: BarProps) {
  const { range, grain, comparison } = state;
  const showRange = (next: DayRange): void => {
    if (next.from === '' || next.to === '' || next.from > next.to) return;
    const possible = grainsFor(daysIn(next));
    view.show({ range: next, grain: possible.includes(grain) ? grain : (possible[0] ?? 'month') });
  };
  const preset = presetOf(range, board.days);
  const possible = grainsFor(daysIn(range));
  return (
    <section class="controls" aria-label="Dates and filters">
      <div class="wrap">
        <div class="ctls">
          <span class="f whole">
            <label for="range">Dates</label>
            <select
              id="range"
              class="btn"
              value={preset ?? ''}
              onChange={({ currentTarget: { value } }) => {
                if (value !== '') showRange(rangePresets[value as PresetName](board.days));
              }}
            >
              {preset === undefined && <option value="">Chosen days</option>}
              {Object.keys(rangePresets).map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </span>
          {(['from', 'to'] as const).map((end) => (
            <span class="f" key={end}>
              <label for={end}>{end === 'from' ? 'From' : 'To'}</label>
              <input
                id={end}
                class="btn"
                type="date"
                value={range[end]}
                min={end === 'from' ? board.days.from : range.from}
                max={end === 'to' ? board.days.to : range.to}
                onChange={({ currentTarget: { value } }) => showRange({ ...range, [end]: value })}
              />
            </span>
          ))}
          <span class="f whole">
            <label for="compare">Compare with</label>
            <select
              id="compare"
              class="btn"
              value={comparison ?? 'none'}
              onChange={({ currentTarget: { value } }) =>
                view.show({
                  comparison: value === 'none' ? undefined : (value as keyof typeof comparisonNames),
                })
              }
            >
              {Object.entries(comparisonNames).map(([name, words]) => (
                <option key={name} value={name}>
                  {words}
                </option>
              ))}
              <option value="none">nothing</option>
            </select>
          </span>
          <fieldset class="seg">
            <legend class="sr">Length of a period</legend>
            {viewGrains.map((one) => (
              <label key={one}>
                <input
                  type="radio"
                  name="grain"
                  value={one}
                  checked={one === grain}
                  disabled={!possible.includes(one)}
                  onChange={() => view.show({ grain: one })}
                />
                <span>{one}</span>
              </label>
            ))}
          </fieldset>
          {board.filters.length > 0 && (
            <button
              type="button"
              class="btn"
              id="add-filter"
              aria-expanded={isAdding}
              onClick={() => setAdding(!isAdding)}
            >
              Add filter
            </button>
          )}
          <button type="button" class="btn push" onClick={copyLink}>
            Copy link
          </button>
        </div>
        {isAdding && <AddFilter view={view} board={board} state={state} close={() => setAdding(false)} />}
        <Chips view={view} board={board} state={state} />
      </div>
    </section>
  );
}

function copyLink(): void {
  const failed = (): void => say('Copy the address of this page: it is the link.');
  // Over plain HTTP from another machine, browsers give no clipboard.
  if (!navigator.clipboard) failed();
  else navigator.clipboard.writeText(location.href).then(() => say('Link copied'), failed);
}

type FilterProps = Pick<BarProps, 'view' | 'board' | 'state'>;

/** The filters in use: buttons that remove themselves. The focus goes to the next one. */
function Chips({ view, board, state }: FilterProps) {
  const chips = board.filters.flatMap(({ column, title }) =>
    (state.filters[column] ?? []).map((value) => ({ column, title, value })),
  );
  const remove = (column: string, value: string | null, index: number): void => {
    view.show({ filters: toggled(state.filters, column, value) });
    say(`Filter ${filterText(value)} removed`);
    requestAnimationFrame(() => {
      const left = document.querySelectorAll<HTMLElement>('.chip');
      (left[Math.min(index, left.length - 1)] ?? document.getElementById('add-filter'))?.focus();
    });
  };
  if (chips.length === 0) return <p class="chips">No filters. Select a name in a table to filter by it.</p>;
  return (
    <div class="chips">
      <span id="chips-of">Filters:</span>
      <ul aria-labelledby="chips-of">
        {chips.map(({ column, title, value }, index) => (
          <li key={`${column} ${value}`}>
            <button
              type="button"
              class="btn sm chip"
              aria-label={`Remove the filter ${title} ${filterText(value)}`}
              onClick={() => remove(column, value, index)}
            >
              {title}: {filterText(value)} <span aria-hidden="true">×</span>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" class="lk" onClick={() => view.show({ filters: {} })}>
        Clear all
      </button>
    </div>
  );
}
