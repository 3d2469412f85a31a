import { useEffect, useRef, useState } from 'preact/hooks';
import type { BoardInfo } from '../api/api.ts';
import type { ViewState } from '../api/view-state.ts';
import { filterText, noneText, toggled } from './filters.ts';
import { say } from './say.ts';
import { useFilterValues } from './use-filter-values.ts';
import type { View } from './use-view.ts';

interface AddFilterProps {
  readonly view: View;
  readonly board: BoardInfo;
  readonly state: ViewState;
  readonly close: () => void;
}

/** How far Page Up and Page Down go. */
const pageStep = 8;

/**
 * A form that adds a value to the filters, or takes one away. The server looks for values that hold what is typed, also beyond those that
 * the rankings show. It is a combo box: arrows go through the list, Enter takes what they are at, or what is typed.
 */
export function AddFilter({ view, board, state, close }: AddFilterProps) {
  const [column, setColumn] = useState(board.filters[0]?.column ?? '');
  const [text, setText] = useState('');
  const [at, setAt] = useState(-1);
  const [isEmpty, setEmpty] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const { values, hasMore, isBusy, error } = useFilterValues(column, text, state);
  const own = state.filters[column] ?? [];
  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const count = isBusy
    ? 'Looking for values …'
    : error !== undefined
      ? error
      : values.length === 0
        ? 'No event of these days has such a value.'
        : hasMore
          ? `The ${values.length} with the most events. Type to find others.`
          : `${values.length} ${values.length === 1 ? 'value' : 'values'}.`;
  useEffect(() => {
    if (!isBusy) say(count);
  }, [count, isBusy]);
  const leave = (): void => {
    close();
    document.getElementById('add-filter')?.focus();
  };
  const take = (value: string | null): void => {
    view.show({ filters: toggled(state.filters, column, value) });
    leave();
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    const typed = text.trim();
    if (at >= 0 && at < values.length) take(values[at] ?? null);
    else if (typed === '') setEmpty(true);
    else {
      const given = typed === noneText ? null : typed;
      if (own.includes(given)) leave();
      else take(given);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      leave();
      return;
    }
    if (event.target !== input.current || values.length === 0) return;
    const last = values.length - 1;
    const next = {
      ArrowDown: at >= last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      PageDown: Math.min(last, at + pageStep),
      PageUp: Math.max(0, at - pageStep),
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
  };
  return (
    <form class="addf" noValidate onSubmit={submit} onKeyDown={onKeyDown}>
      <label for="filter-column">Filter by</label>
      <select
        id="filter-column"
        class="btn"
        value={column}
        onChange={({ currentTarget }) => {
          setColumn(currentTarget.value);
          setText('');
          setAt(-1);
        }}
      >
        {board.filters.map((one) => (
          <option key={one.column} value={one.column}>
            {one.title}
          </option>
        ))}
      </select>
      <label for="filter-value">is</label>
      <input
        id="filter-value"
        class="btn"
        ref={input}
        type="text"
        role="combobox"
        aria-expanded={values.length > 0}
        aria-controls="filter-values"
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 && at < values.length ? `filter-value-${at}` : undefined}
        autocomplete="off"
        spellcheck={false}
        maxLength={100}
        value={text}
        aria-invalid={isEmpty}
        aria-describedby={isEmpty ? 'filter-error' : 'filter-count'}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value);
          setAt(-1);
          setEmpty(false);
        }}
      />
      <button type="submit" class="btn">
        Add
      </button>
      <button type="button" class="lk" onClick={leave}>
        Cancel
      </button>
      {isEmpty && (
        <p class="err" id="filter-error">
          Enter a value, such as {filterText(values[0] ?? 'a brand')}.
        </p>
      )}
      <div class="found">
        <p id="filter-count" class={error === undefined ? '' : 'err'}>
          {count}
        </p>
        {/* The focus stays in the field, which names the value that arrows are at. */}
        <div ref={list} id="filter-values" role="listbox" aria-label="Values" aria-multiselectable="true">
          {values.map((value, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: keys are those of the field
            <div
              key={value ?? '\u0000'}
              id={`filter-value-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={own.includes(value)}
              class={index === at ? 'at' : ''}
              onClick={() => take(value)}
            >
              {filterText(value)}
            </div>
          ))}
        </div>
      </div>
    </form>
  );
}
